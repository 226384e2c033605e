"""The order of NuGet packages."""

import pytest

from oakum.model.scheme import VersionError
from oakum.model.versions.nuget import nuget

ASCENDING = (
    "1.0.0--7", "1.0.0--5", "1.0.0-1", "1.0.0-2", "1.0.0-10", "1.0.0-2147483647", "1.0.0-10000000000",
    "1.0.0-20240101120000", "1.0.0-9999999999", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-BETA", "1.0.0-rc", "1.0.0",
    "1.0.0.1", "1.0.1", "1.10", "2",
)  # fmt: skip
SAME = ("1 1.0.0.0", "1.0.0-RC 1.0.0-rc", "1.0.0+a 1.0.0+b", "1.01.0 1.1", "1.0.0--0 1.0.0-0", " 1.0 1.0")


def test_orders_as_its_ecosystem_does() -> None:
    for position, lower in enumerate(ASCENDING):
        for higher in ASCENDING[position + 1 :]:
            assert nuget.compare(lower, higher) == -1, (lower, higher)
            assert nuget.compare(higher, lower) == 1, (lower, higher)


@pytest.mark.parametrize("pair", SAME)
def test_spellings_of_one_version(pair: str) -> None:
    left, right = pair.rsplit(" ", 1)
    assert nuget.compare(left, right) == 0


@pytest.mark.parametrize("text", ["", "1.2.3.4.5", "1.0-", "1.0-01", "v1.0", "99999999999", "1.0.0+", "1.*"])
def test_refuses_what_is_no_version(text: str) -> None:
    with pytest.raises(VersionError):
        nuget.key(text)
