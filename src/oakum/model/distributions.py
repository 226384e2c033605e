"""Which advisories speak of a distribution's release, and until when it gets security updates.

A distribution is judged by its own advisories or by none: what Red Hat says of a package is no word about
CentOS's, Amazon's or Oracle's build of it. OSV has no data about those, nor about Arch Linux, Gentoo or Fedora.

The dates are the ends of the free security support that each project announces: Debian's
release pages (end of LTS, which the project itself names as the end of life), Ubuntu's
release cycle page (end of standard support), Alpine's release branches page, Red Hat's life cycle (end of
maintenance support), SUSE's (end of general support), the lifetime pages of AlmaLinux, Rocky Linux, openSUSE, Mageia
and Azure Linux, as endoflife.date collects them. A release that
is not in the table is one whose date is not known here, which is not the same as supported.
"""

from collections.abc import Callable
from typing import Final

from oakum.model.fact import Distribution

SYSTEM_TYPES: Final = frozenset({"deb", "apk", "rpm", "alpm", "ebuild", "opkg"})
"""The purl types of packages that a distribution's package manager installs."""

_ROLLING: Final = {
    "wolfi": "Wolfi",
    "chainguard": "Chainguard",
    "minimos": "MinimOS",
    "echo": "Echo",
    "opensuse-tumbleweed": "openSUSE:Tumbleweed",
}

_UBUNTU_LTS_MONTH: Final = "04"

SUPPORT_ENDS: Final = {
    "Debian:8": "2020-06-30",
    "Debian:9": "2022-06-30",
    "Debian:10": "2024-06-30",
    "Debian:11": "2026-08-31",
    "Debian:12": "2028-06-30",
    "Debian:13": "2030-06-30",
    "Ubuntu:14.04:LTS": "2019-04-25",
    "Ubuntu:16.04:LTS": "2021-04-30",
    "Ubuntu:18.04:LTS": "2023-05-31",
    "Ubuntu:20.04:LTS": "2025-05-31",
    "Ubuntu:22.04:LTS": "2027-06-01",
    "Ubuntu:23.04": "2024-01-25",
    "Ubuntu:23.10": "2024-07-11",
    "Ubuntu:24.04:LTS": "2029-05-31",
    "Ubuntu:24.10": "2025-07-10",
    "Ubuntu:25.04": "2026-01-15",
    "Alpine:v3.3": "2017-11-01",
    "Alpine:v3.4": "2018-05-01",
    "Alpine:v3.5": "2018-11-01",
    "Alpine:v3.6": "2019-05-01",
    "Alpine:v3.7": "2019-11-01",
    "Alpine:v3.8": "2020-05-01",
    "Alpine:v3.9": "2020-11-01",
    "Alpine:v3.10": "2021-05-01",
    "Alpine:v3.11": "2021-11-01",
    "Alpine:v3.12": "2022-05-01",
    "Alpine:v3.13": "2022-11-01",
    "Alpine:v3.14": "2023-05-01",
    "Alpine:v3.15": "2023-11-01",
    "Alpine:v3.16": "2024-05-23",
    "Alpine:v3.17": "2024-11-22",
    "Alpine:v3.18": "2025-05-09",
    "Alpine:v3.19": "2025-11-01",
    "Alpine:v3.20": "2026-04-01",
    "Alpine:v3.21": "2026-11-01",
    "Alpine:v3.22": "2027-05-01",
    "Alpaquita:23": "2026-01-01",
    "Alpaquita:25": "2031-01-01",
    "AlmaLinux:8": "2029-03-01",
    "AlmaLinux:9": "2032-05-31",
    "AlmaLinux:10": "2035-05-31",
    "Rocky Linux:8": "2029-05-31",
    "Rocky Linux:9": "2032-05-31",
    "Red Hat:enterprise_linux:5": "2017-03-31",
    "Red Hat:enterprise_linux:6": "2020-11-30",
    "Red Hat:enterprise_linux:7": "2024-06-30",
    "Red Hat:enterprise_linux:8": "2029-05-31",
    "Red Hat:enterprise_linux:9": "2032-05-31",
    "SUSE:Linux Enterprise 12": "2016-06-30",
    "SUSE:Linux Enterprise 12 SP1": "2017-05-31",
    "SUSE:Linux Enterprise 12 SP2": "2018-03-31",
    "SUSE:Linux Enterprise 12 SP3": "2019-06-30",
    "SUSE:Linux Enterprise 12 SP4": "2020-06-30",
    "SUSE:Linux Enterprise 12 SP5": "2024-10-31",
    "SUSE:Linux Enterprise 15": "2019-12-31",
    "SUSE:Linux Enterprise 15 SP1": "2021-01-31",
    "SUSE:Linux Enterprise 15 SP2": "2021-12-31",
    "SUSE:Linux Enterprise 15 SP3": "2022-12-31",
    "SUSE:Linux Enterprise 15 SP4": "2023-12-31",
    "SUSE:Linux Enterprise 15 SP5": "2024-12-31",
    "openSUSE:Leap 42.3": "2019-07-01",
    "openSUSE:Leap 15.0": "2019-12-03",
    "openSUSE:Leap 15.1": "2021-02-02",
    "openSUSE:Leap 15.2": "2022-01-04",
    "openSUSE:Leap 15.3": "2022-12-31",
    "openSUSE:Leap 15.4": "2023-12-07",
    "openSUSE:Leap 15.5": "2024-12-31",
    "openSUSE:Leap 15.6": "2026-04-30",
    "openSUSE:Leap 16.0": "2027-10-31",
    "Mageia:7": "2021-06-30",
    "Mageia:8": "2023-11-30",
    "Azure Linux:1": "2023-08-31",
    "Azure Linux:2": "2025-07-31",
    "Azure Linux:3": "2027-08-31",
}
"""Last day (ISO 8601) with security updates for everyone, by ecosystem as OSV names it."""


def release_ecosystem(distribution: Distribution) -> str | None:
    """The ecosystem whose advisories speak of this release, as they are filed, or None when there is none.

    Debian testing and sid write no version and Alpine edge writes a snapshot: they follow no
    release, and judging them by one would be wrong in both directions.
    """
    if distribution.id in _ROLLING:
        return _ROLLING[distribution.id]
    if distribution.id in _BELLSOFT:
        return f"{_BELLSOFT[distribution.id]}:{distribution.version}" if distribution.version else None
    parts = distribution.version.split(".")
    if not all(part.isdecimal() and part.isascii() for part in parts):
        return None
    if distribution.id in _MAJOR:
        return f"{_MAJOR[distribution.id]}:{parts[0]}"
    if distribution.id in _MINOR:
        return f"{_MINOR[distribution.id]} {distribution.version}"
    name = _NAMED.get(distribution.id)
    return name(parts, distribution.name) if name else None


_MAJOR: Final = {
    "debian": "Debian",
    "almalinux": "AlmaLinux",
    "rocky": "Rocky Linux",
    "rhel": "Red Hat:enterprise_linux",
    "mageia": "Mageia",
    "azurelinux": "Azure Linux",
    "mariner": "Azure Linux",
}
"""Distributions whose ecosystems are called by the first number; CBL-Mariner is what Azure Linux was called."""

_MINOR: Final = {
    "opensuse-leap": "openSUSE:Leap",
    "opensuse-leap-micro": "openSUSE:Leap Micro",
    "sle-micro": "SUSE:Linux Enterprise Micro",
    "sl-micro": "SUSE:Linux Micro",
}
"""Products of SUSE that are called with their whole version."""

_BELLSOFT: Final = {"alpaquita": "Alpaquita", "bellsoft-hardened-containers": "BellSoft Hardened Containers"}
"""Distributions whose version stands as it is: a number, or ``stream``."""


def _ubuntu(parts: list[str], _: str) -> str | None:
    """Ubuntu's releases are year and month; those of April in even years are supported for long."""
    if len(parts) < 2:  # noqa: PLR2004 - year and month
        return None
    long_term = parts[1] == _UBUNTU_LTS_MONTH and int(parts[0]) % 2 == 0
    return f"Ubuntu:{parts[0]}.{parts[1]}" + (":LTS" if long_term else "")


def _alpine(parts: list[str], _: str) -> str | None:
    if len(parts) < 2:  # noqa: PLR2004 - a branch has two numbers
        return None
    return f"Alpine:v{parts[0]}.{parts[1]}"


def _suse(parts: list[str], _: str) -> str:
    """SUSE Linux Enterprise: 15.6 is 15 SP6; from 16 on the numbers stand as they are."""
    if int(parts[0]) > 15:  # noqa: PLR2004 - the last release with service packs
        return f"SUSE:Linux Enterprise {'.'.join(parts[:2])}"
    pack = f" SP{parts[1]}" if len(parts) > 1 and parts[1] != "0" else ""
    return f"SUSE:Linux Enterprise {parts[0]}{pack}"


def _open_euler(parts: list[str], name: str) -> str | None:
    """OpenEuler's long-term releases say so in brackets: ``openEuler 24.03 (LTS-SP1)``."""
    if len(parts) < 2:  # noqa: PLR2004 - year and month
        return None
    kind = name.partition("(")[2].partition(")")[0].strip().replace(" ", "-")
    return f"openEuler:{parts[0]}.{parts[1]}" + (f"-{kind}" if kind.startswith("LTS") else "")


def _photon(parts: list[str], _: str) -> str:
    return f"Photon OS:{parts[0]}.{parts[1] if len(parts) > 1 else 0}"


_NAMED: Final[dict[str, Callable[[list[str], str], str | None]]] = {
    "ubuntu": _ubuntu,
    "alpine": _alpine,
    "sles": _suse,
    "sled": _suse,
    "sles_sap": _suse,
    "sle_hpc": _suse,
    "openeuler": _open_euler,
    "photon": _photon,
}
