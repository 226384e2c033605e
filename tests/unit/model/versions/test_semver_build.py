"""The order of semantic versions whose builds count."""

import pytest

from oakum.model.scheme import VersionError
from oakum.model.versions.semver_build import semver_build

ASCENDING = (
    "1.0.0-", "1.0.0-1", "1.0.0-a", "1.0.0rc1", "1.0.0", "1.0.0+1", "1.0.0+2",
    "1.0.0+10", "1.0.0+a", "1.0.0+", "1.0.1-rc", "1.0.1", "2.0.0",
)  # fmt: skip
SAME = ("v1 1.0.0", "V1 1.0.0", "1.01.0 1.1.0", "1.0.0rc1 1.0.0-rc1", "1.0.0a.b 1.0.0-a.b")


def test_orders_as_its_ecosystem_does() -> None:
    for position, lower in enumerate(ASCENDING):
        for higher in ASCENDING[position + 1 :]:
            assert semver_build.compare(lower, higher) == -1, (lower, higher)
            assert semver_build.compare(higher, lower) == 1, (lower, higher)


@pytest.mark.parametrize("pair", SAME)
def test_spellings_of_one_version(pair: str) -> None:
    left, right = pair.split()
    assert semver_build.compare(left, right) == 0


@pytest.mark.parametrize("text", ["", "1.2.3.4", "1.0.0-+", "1.0.0-+b", "1.0.0++", "^1.0", " 1.0.0", "\u0661.0"])
def test_refuses_what_is_no_version(text: str) -> None:
    with pytest.raises(VersionError):
        semver_build.key(text)
