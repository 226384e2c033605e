import pytest

from oakum import __version__
from oakum.effects.document_identity import document_uuid, instant


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-01-03T04:05:06Z", "2026-01-03T04:05:06Z"),
        ("2026-01-03T04:05:06.789+02:00", "2026-01-03T02:05:06Z"),
        ("2026-01-03", "2026-01-03T00:00:00Z"),
        ("0001-01-01T00:00:00+14:00", ""),
        ("yesterday", ""),
        ("", ""),
    ],
)
def test_moments_are_written_in_one_way(text: str, moment: str) -> None:
    assert instant(text) == moment


def test_the_identity_is_the_contents_and_not_the_versions() -> None:
    made = document_uuid({"tool": f"oakum-{__version__}", "name": "a"})
    assert made == document_uuid({"tool": "oakum-", "name": "a"})
    assert made != document_uuid({"tool": "oakum-", "name": "b"})
    assert made[14] == "8"
    assert made[19] in "89ab"
