"""The order of Arch Linux packages."""

import pytest

from oakum.model.scheme import VersionError
from oakum.model.versions.alpm import alpm

ASCENDING = (
    "1.0a", "1.0b", "1.0beta", "1.0p", "1.0pre", "1.0rc", "1.0", "1.0.a", "1.0.1", "1.1-1", "1.1-2", "1:0.1",
)  # fmt: skip
SAME = ("1.0 1.0-1", "1.0-2 1.0", "0:1 1", "1.001 1.1")


def test_orders_as_its_ecosystem_does() -> None:
    for position, lower in enumerate(ASCENDING):
        for higher in ASCENDING[position + 1 :]:
            assert alpm.compare(lower, higher) == -1, (lower, higher)
            assert alpm.compare(higher, lower) == 1, (lower, higher)


@pytest.mark.parametrize("pair", SAME)
def test_spellings_of_one_version(pair: str) -> None:
    left, right = pair.split()
    assert alpm.compare(left, right) == 0


@pytest.mark.parametrize("text", ["", "1 0", "1\xe9"])
def test_refuses_what_is_no_version(text: str) -> None:
    with pytest.raises(VersionError):
        alpm.key(text)
