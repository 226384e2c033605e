"""The order of R packages."""

import pytest

from oakum.model.scheme import VersionError
from oakum.model.versions.cran import cran

ASCENDING = (
    "0.1", "0.1.0", "0.1-1", "0.1.9000", "0.10", "1", "1.0",
)  # fmt: skip
SAME = ("1.2-3 1.2.3", "1.02 1.2")


def test_orders_as_its_ecosystem_does() -> None:
    for position, lower in enumerate(ASCENDING):
        for higher in ASCENDING[position + 1 :]:
            assert cran.compare(lower, higher) == -1, (lower, higher)
            assert cran.compare(higher, lower) == 1, (lower, higher)


@pytest.mark.parametrize("pair", SAME)
def test_spellings_of_one_version(pair: str) -> None:
    left, right = pair.split()
    assert cran.compare(left, right) == 0


@pytest.mark.parametrize("text", ["", "1.a", "1.", "-1", "v1"])
def test_refuses_what_is_no_version(text: str) -> None:
    with pytest.raises(VersionError):
        cran.key(text)
