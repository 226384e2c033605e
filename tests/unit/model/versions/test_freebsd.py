"""The order of FreeBSD's packages."""

import pytest

from oakum.model.scheme import VersionError
from oakum.model.versions.freebsd import freebsd

# The examples of libpkg/pkg_version.c and of the Porter's Handbook.
ASCENDING = (
    ("2.*", "2pl1", "2alpha3", "2.9f7", "3.*"),
    ("10", "10.1", "10a", "10b"),
    ("pl11", "alpha3", "0.1beta2", "0.1"),
    ("10.a", "10", "10.0.1"),
    ("a", "0"),
    ("1.0.1:2003.09.16", "1.0:2003.09.16"),
    ("0.1", "0.1_1", "0.1_2", "0.1_10", "0.2", "0.1,1", "0.2,1", "0.1,2"),
    ("1.0.pre1", "1.0.rc1", "1.0", "1.0+1"),
)
SAME = (
    "10 10.0", "10 10.0.0", "10..1 10.1", "10a1b2 10a1.b2", "10alpha 10.a", "0.1beta2 0.1.b2", "1.d2 1.dev2",
    "1.dev2 1.Development2", "1.0:2003.09.16 1.0.2003.09.16", "1.0_0 1.0", "1.0,0 1.0", "1.0RC1 1.0.r1", "1.01 1.1",
)  # fmt: skip


@pytest.mark.parametrize("versions", ASCENDING)
def test_orders_as_its_ecosystem_does(versions: tuple[str, ...]) -> None:
    for position, lower in enumerate(versions):
        for higher in versions[position + 1 :]:
            assert freebsd.compare(lower, higher) == -1, (lower, higher)
            assert freebsd.compare(higher, lower) == 1, (lower, higher)


@pytest.mark.parametrize("pair", SAME)
def test_spellings_of_one_version(pair: str) -> None:
    left, right = pair.split()
    assert freebsd.compare(left, right) == 0


@pytest.mark.parametrize("text", ["", "1-2", "1 0", "1,a", "1,2_3", "_1", ",1", "\u0661", "1" * 1_001])
def test_refuses_what_is_no_version(text: str) -> None:
    with pytest.raises(VersionError):
        freebsd.compare(text, "1")
