"""Which advisories speak of a release."""

import re

import pytest

from oakum.model.distributions import SUPPORT_ENDS, release_ecosystem
from oakum.model.fact import Distribution


@pytest.mark.parametrize(
    ("name", "version", "ecosystem"),
    [
        ("debian", "12", "Debian:12"),
        ("debian", "12.5", "Debian:12"),
        ("debian", "", None),
        ("ubuntu", "22.04", "Ubuntu:22.04:LTS"),
        ("ubuntu", "24.04", "Ubuntu:24.04:LTS"),
        ("ubuntu", "23.04", "Ubuntu:23.04"),
        ("ubuntu", "24.10", "Ubuntu:24.10"),
        ("ubuntu", "22", None),
        ("alpine", "3.18.4", "Alpine:v3.18"),
        ("alpine", "3.20_alpha20240329", None),
        ("alpine", "3", None),
        ("wolfi", "20230201", "Wolfi"),
        ("chainguard", "", "Chainguard"),
        ("rhel", "9.4", None),
        ("debian", "١٢", None),
    ],
)
def test_the_ecosystem_of_a_release(name: str, version: str, ecosystem: str | None) -> None:
    assert release_ecosystem(Distribution(name, version, "", "etc/os-release")) == ecosystem


def test_the_dates_are_dates() -> None:
    assert all(re.fullmatch(r"20\d\d-\d\d-\d\d", ended) for ended in SUPPORT_ENDS.values())
