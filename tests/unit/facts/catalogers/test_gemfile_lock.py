import pytest

from oakum.facts.catalogers.gemfile_lock import gemfile_lock
from oakum.model.fact import Gap, Package
from oakum.testing.files import read


def packages(text: str) -> dict[str, tuple[str, tuple[str, ...]]]:
    facts = read(gemfile_lock, {"app/Gemfile.lock": text.encode()})
    return {one.name: (one.version, one.depends) for one in facts if isinstance(one, Package)}


@pytest.mark.parametrize(
    ("written", "version"),
    [
        ("nokogiri (1.16.0-x86_64-linux)", "1.16.0"),
        ("nokogiri (1.16.0-x86_64-linux-musl)", "1.16.0"),
        ("nokogiri (1.16.0-java)", "1.16.0"),
        ("nokogiri (2.0.0.rc1)", "2.0.0.rc1"),
    ],
)
def test_a_platform_is_no_part_of_the_version(written: str, version: str) -> None:
    assert packages(f"GEM\n  specs:\n    {written}\n") == {"nokogiri": (version, ())}


def test_edges_of_all_platforms_are_joined() -> None:
    text = "GEM\n  specs:\n    a (1)\n      b (~> 1)\n    a (1-java)\n      c\n      b (~> 1)\n"
    assert packages(text) == {"a": ("1", ("b", "c"))}


def test_other_sections_name_no_packages() -> None:
    text = "PLATFORMS\n    x (1)\n\nDEPENDENCIES\n    a (1)\n\nCHECKSUMS\n    a (1) sha256=00\n\nBUNDLED WITH\n   2.4\n"
    assert packages(text) == {}


def test_windows_line_ends() -> None:
    assert packages("GEM\r\n  specs:\r\n    a (1)\r\n      b\r\n") == {"a": ("1", ("b",))}


def test_a_gem_without_a_version_is_a_gap() -> None:
    (gap,) = read(gemfile_lock, {"gems.locked": b"PATH\n  specs:\n    engine\n"})
    assert isinstance(gap, Gap)
