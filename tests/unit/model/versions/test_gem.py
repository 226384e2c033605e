"""The order of Ruby gems."""

import pytest

from oakum.model.scheme import VersionError
from oakum.model.versions.gem import gem

ASCENDING = (
    "0.a", "0", "1.0.a", "1.0.a.1", "1.0.b", "1.0.0.rc1", "1.0", "1.0.0.1", "1.1.a", "1.1", "1.1.2", "1.1.10",
)  # fmt: skip
SAME = ("1 1.0.0", "1.0-1 1.pre.1", "1.a.0 1.a", "1.01 1.1")


def test_orders_as_its_ecosystem_does() -> None:
    for position, lower in enumerate(ASCENDING):
        for higher in ASCENDING[position + 1 :]:
            assert gem.compare(lower, higher) == -1, (lower, higher)
            assert gem.compare(higher, lower) == 1, (lower, higher)


@pytest.mark.parametrize("pair", SAME)
def test_spellings_of_one_version(pair: str) -> None:
    left, right = pair.split()
    assert gem.compare(left, right) == 0


@pytest.mark.parametrize("text", ["", "1..2", "a.1", "1.0+b", "v1.0"])
def test_refuses_what_is_no_version(text: str) -> None:
    with pytest.raises(VersionError):
        gem.key(text)
