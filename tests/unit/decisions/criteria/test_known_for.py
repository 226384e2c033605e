import pytest
from msgspec.structs import replace

from oakum.decisions.criteria.known_for import known_for
from oakum.testing.inventory import installed
from oakum.testing.policies import made
from oakum.testing.report import finding

FOUND = finding("CVE-2026-1", installed("deb", "zlib1g", "1"))


@pytest.mark.parametrize(
    ("published", "answer"),
    [("2026-11-11T23:59:59Z", True), ("2026-11-12", False), ("2027-01-01", False), ("", None), ("soon", None)],
)
def test_days_are_counted_from_the_record_and_a_record_without_one_is_unknown(
    published: str,
    answer: bool | None,  # noqa: FBT001 - a column
) -> None:
    assert made(known_for, days=14)(replace(FOUND, published=published)) is answer
