"""The order of RPM packages."""

import pytest

from oakum.model.scheme import VersionError
from oakum.model.versions.rpm import rpm

ASCENDING = (
    "~", "0~~", "0~1", "0", "1.0~rc1", "1.0~rc1^git1", "1.0~rc1.1", "1.0", "1.0-1.el9", "1.0-1.el9_1", "1.0-1.el10",
    "1.0-2", "1.0^git1~x", "1.0^git1", "1.0^git1-1", "1.0^git2", "1.0a", "1.0b", "1.0.1", "1.0.10",
    "1.0.123456789012345678901", "2.0", "1:0.1", "2:~1", "2:1",
)  # fmt: skip


def test_orders_as_rpm_does() -> None:
    for position, lower in enumerate(ASCENDING):
        for higher in ASCENDING[position + 1 :]:
            assert rpm.compare(lower, higher) == -1, (lower, higher)


@pytest.mark.parametrize(
    "pair", ["1.0 0:1.0", "1.0 :1.0", "1_0 1.0", "1.0. 1.0", "1.01 1.1", "1.0+ 1.0", "fc4 fc.4", "+ _"]
)
def test_spellings_of_one_version(pair: str) -> None:
    left, right = pair.split()
    assert rpm.compare(left, right) == 0


@pytest.mark.parametrize("text", ["", "1.0 2", "1.0\n", "1.0\u00e9"])
def test_refuses_what_is_no_version(text: str) -> None:
    with pytest.raises(VersionError):
        rpm.key(text)
