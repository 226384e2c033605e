"""The order of PHP packages."""

import pytest

from oakum.model.scheme import VersionError
from oakum.model.versions.packagist import packagist

ASCENDING = (
    "1.0-dev", "1.0-alpha1", "1.0-beta", "1.0-beta2", "1.0-RC1", "1.0", "1.0-p1", "1.0.1",
    "1.1.x-dev", "2.0", "2010.01.02", "2011.1.x-dev",
)  # fmt: skip
SAME = ("v1 1.0.0.0", "1.0-stable 1.0", "1.0a1 1.0-alpha1", "1.0+b 1.0", "1.0-pl2 1.0-patch2", "1.0@beta 1.0")


def test_orders_as_its_ecosystem_does() -> None:
    for position, lower in enumerate(ASCENDING):
        for higher in ASCENDING[position + 1 :]:
            assert packagist.compare(lower, higher) == -1, (lower, higher)
            assert packagist.compare(higher, lower) == 1, (lower, higher)


@pytest.mark.parametrize("pair", SAME)
def test_spellings_of_one_version(pair: str) -> None:
    left, right = pair.split()
    assert packagist.compare(left, right) == 0


@pytest.mark.parametrize("text", ["", "dev-main", "1.0.0.0.1", "1.x", "latest", "1.0-foo"])
def test_refuses_what_is_no_version(text: str) -> None:
    with pytest.raises(VersionError):
        packagist.key(text)
