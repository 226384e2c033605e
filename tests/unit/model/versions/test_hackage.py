"""The order of Haskell packages."""

import pytest

from oakum.model.scheme import VersionError
from oakum.model.versions.hackage import hackage

ASCENDING = (
    "0", "1", "1.0", "1.0.0", "1.0.1", "1.2", "1.10", "2",
)  # fmt: skip
SAME = ("1.1-rc1 1.1", "1.1-a-b 1.1")


def test_orders_as_its_ecosystem_does() -> None:
    for position, lower in enumerate(ASCENDING):
        for higher in ASCENDING[position + 1 :]:
            assert hackage.compare(lower, higher) == -1, (lower, higher)
            assert hackage.compare(higher, lower) == 1, (lower, higher)


@pytest.mark.parametrize("pair", SAME)
def test_spellings_of_one_version(pair: str) -> None:
    left, right = pair.split()
    assert hackage.compare(left, right) == 0


@pytest.mark.parametrize("text", ["", "1.01", "1.1234567890", "1.0-", "1.0-rc.1", "1.", "1.x", "v1", " 1.0"])
def test_refuses_what_is_no_version(text: str) -> None:
    with pytest.raises(VersionError):
        hackage.key(text)
