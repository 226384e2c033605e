"""The order of OCaml packages."""

import pytest

from oakum.model.scheme import VersionError
from oakum.model.versions.opam import opam

ASCENDING = (
    "0~", "0", "0.9", "1.0~beta", "1.0~rc1", "1.0",  "1.0-1",
    "1.0-1.1", "1.0-beta", "1.0a", "1.0+1", "1.0+b", "1.0.1", "1.2", "1.10", "v0.9",
)  # fmt: skip
SAME = ("1.01 1.1", "1.0a0 1.0a", "1.0-0 1.0", "1.0- 1.0")


def test_orders_as_its_ecosystem_does() -> None:
    for position, lower in enumerate(ASCENDING):
        for higher in ASCENDING[position + 1 :]:
            assert opam.compare(lower, higher) == -1, (lower, higher)
            assert opam.compare(higher, lower) == 1, (lower, higher)


@pytest.mark.parametrize("pair", SAME)
def test_spellings_of_one_version(pair: str) -> None:
    left, right = pair.split()
    assert opam.compare(left, right) == 0


@pytest.mark.parametrize("text", ["", "1:2", "1 0", "1/2"])
def test_refuses_what_is_no_version(text: str) -> None:
    with pytest.raises(VersionError):
        opam.key(text)
