"""The order of Gentoo packages."""

import pytest

from oakum.model.scheme import VersionError
from oakum.model.versions.portage import portage

ASCENDING = (
    "1_alpha", "1_alpha1", "1_beta", "1_pre", "1_rc", "1", "1-r1", "1_p",
    "1_p1", "1a", "1b", "1.0", "1.01", "1.02", "1.1", "1.2b", "1.2.0", "1.10", "2",
)  # fmt: skip
SAME = ("1 1-r0", "1.10.010 1.10.01", "01 1", "1_p0 1_p")


def test_orders_as_its_ecosystem_does() -> None:
    for position, lower in enumerate(ASCENDING):
        for higher in ASCENDING[position + 1 :]:
            assert portage.compare(lower, higher) == -1, (lower, higher)
            assert portage.compare(higher, lower) == 1, (lower, higher)


@pytest.mark.parametrize("pair", SAME)
def test_spellings_of_one_version(pair: str) -> None:
    left, right = pair.split()
    assert portage.compare(left, right) == 0


@pytest.mark.parametrize("text", ["", "1-2", "1.a", "1_foo", "v1", "1.0_"])
def test_refuses_what_is_no_version(text: str) -> None:
    with pytest.raises(VersionError):
        portage.key(text)
