"""The order of Conan packages."""

import pytest

from oakum.model.scheme import VersionError
from oakum.model.versions.conan import conan

ASCENDING = (
    "1.0-rc1", "1.0", "1.0+1", "1.1.1", "1.1.1a", "1.1.1b", "1.2", "1.10", "cci.20200101", "cci.20210101",
)  # fmt: skip
SAME = ("1 1.0.0", "1.01 1.1")


def test_orders_as_its_ecosystem_does() -> None:
    for position, lower in enumerate(ASCENDING):
        for higher in ASCENDING[position + 1 :]:
            assert conan.compare(lower, higher) == -1, (lower, higher)
            assert conan.compare(higher, lower) == 1, (lower, higher)


@pytest.mark.parametrize("pair", SAME)
def test_spellings_of_one_version(pair: str) -> None:
    left, right = pair.split()
    assert conan.compare(left, right) == 0


@pytest.mark.parametrize("text", ["", "1 0", "1/2"])
def test_refuses_what_is_no_version(text: str) -> None:
    with pytest.raises(VersionError):
        conan.key(text)
