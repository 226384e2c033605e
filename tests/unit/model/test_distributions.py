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
        ("minimos", "20241031", "MinimOS"),
        ("echo", "1", "Echo"),
        ("alpaquita", "stream", "Alpaquita:stream"),
        ("alpaquita", "", None),
        ("bellsoft-hardened-containers", "23", "BellSoft Hardened Containers:23"),
        ("almalinux", "9.4", "AlmaLinux:9"),
        ("rocky", "8.10", "Rocky Linux:8"),
        ("rhel", "9.4", "Red Hat:enterprise_linux:9"),
        ("sles", "15.6", "SUSE:Linux Enterprise 15 SP6"),
        ("sles", "15", "SUSE:Linux Enterprise 15"),
        ("sles_sap", "12.5", "SUSE:Linux Enterprise 12 SP5"),
        ("sles", "16.0", "SUSE:Linux Enterprise 16.0"),
        ("opensuse-tumbleweed", "20251120", "openSUSE:Tumbleweed"),
        ("mageia", "9", "Mageia:9"),
        ("azurelinux", "3.0", "Azure Linux:3"),
        ("mariner", "2.0", "Azure Linux:2"),
        ("photon", "5.0", "Photon OS:5.0"),
        ("photon", "4", "Photon OS:4.0"),
        ("centos", "7", None),
        ("amzn", "2023", None),
        ("ol", "9.4", None),
        ("fedora", "41", None),
        ("arch", "", None),
        ("gentoo", "2.15", None),
        ("debian", "١٢", None),
    ],
)
def test_the_ecosystem_of_a_release(name: str, version: str, ecosystem: str | None) -> None:
    assert release_ecosystem(Distribution(name, version, "", "etc/os-release")) == ecosystem


@pytest.mark.parametrize(
    ("id_", "version", "name", "ecosystem"),
    [
        ("opensuse-leap", "15.6", "My own", "openSUSE:Leap 15.6"),
        ("opensuse-leap-micro", "5.5", "", "openSUSE:Leap Micro 5.5"),
        ("sle-micro", "5.5", "", "SUSE:Linux Enterprise Micro 5.5"),
        ("sl-micro", "6.0", "", "SUSE:Linux Micro 6.0"),
        ("openeuler", "24.03", "openEuler 24.03 (LTS)", "openEuler:24.03-LTS"),
        ("openeuler", "22.03", "openEuler 22.03 (LTS-SP3)", "openEuler:22.03-LTS-SP3"),
        ("openeuler", "22.03", "openEuler 22.03 (LTS SP3)", "openEuler:22.03-LTS-SP3"),
        ("openeuler", "23.09", "openEuler 23.09", "openEuler:23.09"),
        ("openeuler", "24", "openEuler 24", None),
    ],
)
def test_some_are_called_in_their_own_way(id_: str, version: str, name: str, ecosystem: str | None) -> None:
    assert release_ecosystem(Distribution(id_, version, name, "etc/os-release")) == ecosystem


def test_the_dates_are_dates() -> None:
    assert all(re.fullmatch(r"20\d\d-\d\d-\d\d", ended) for ended in SUPPORT_ENDS.values())
