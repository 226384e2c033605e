"""The order of Bitnami's packages."""

import pytest

from oakum.model.scheme import VersionError
from oakum.model.versions.bitnami import bitnami

ASCENDING = (
    "1.2.3", "1.2.3-0", "1.2.3-1", "1.2.3-10", "1.2.3-r1", "1.2.4", "1.10.0", "2020.04.23",
)  # fmt: skip
SAME = ("1.2 1.2.0", "1.2.3+a 1.2.3", "2020.04.23 2020.4.23")


def test_orders_as_its_ecosystem_does() -> None:
    for position, lower in enumerate(ASCENDING):
        for higher in ASCENDING[position + 1 :]:
            assert bitnami.compare(lower, higher) == -1, (lower, higher)
            assert bitnami.compare(higher, lower) == 1, (lower, higher)


@pytest.mark.parametrize("pair", SAME)
def test_spellings_of_one_version(pair: str) -> None:
    left, right = pair.split()
    assert bitnami.compare(left, right) == 0


@pytest.mark.parametrize("text", ["", "1.2.3.4", "latest", "1.0-"])
def test_refuses_what_is_no_version(text: str) -> None:
    with pytest.raises(VersionError):
        bitnami.key(text)
