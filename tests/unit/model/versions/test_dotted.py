"""The order of versions that are numbers with dots."""

import pytest

from oakum.model.scheme import VersionError
from oakum.model.versions.dotted import dotted

ASCENDING = (
    "0-rc1", "0", "1", "1.2-rc1", "1.2-rc2", "1.2", "1.2.0.1", "1.10", "6.1.0.7", "45",
)  # fmt: skip
SAME = ("v4 4.0.0", "1.2rc1 1.2-rc1", "1.2+a 1.2")


def test_orders_as_its_ecosystem_does() -> None:
    for position, lower in enumerate(ASCENDING):
        for higher in ASCENDING[position + 1 :]:
            assert dotted.compare(lower, higher) == -1, (lower, higher)
            assert dotted.compare(higher, lower) == 1, (lower, higher)


@pytest.mark.parametrize("pair", SAME)
def test_spellings_of_one_version(pair: str) -> None:
    left, right = pair.split()
    assert dotted.compare(left, right) == 0


@pytest.mark.parametrize("text", ["", "main", "1..2", "1.x", "a1b2c3"])
def test_refuses_what_is_no_version(text: str) -> None:
    with pytest.raises(VersionError):
        dotted.key(text)
