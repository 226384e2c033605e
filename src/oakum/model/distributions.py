"""Which advisories speak of a distribution's release, and until when it gets security updates.

The dates are the ends of the free security support that each project announces: Debian's
release pages (end of LTS, which the project itself names as the end of life), Ubuntu's
release cycle page (end of standard support), Alpine's release branches page. A release that
is not in the table is one whose date is not known here, which is not the same as supported.
"""

from typing import Final

from oakum.model.fact import Distribution

_ROLLING: Final = {"wolfi": "Wolfi", "chainguard": "Chainguard"}

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
}
"""Last day (ISO 8601) with security updates for everyone, by ecosystem as OSV names it."""


def release_ecosystem(distribution: Distribution) -> str | None:
    """The OSV ecosystem whose advisories speak of this release, or None when there is none.

    Debian testing and sid write no version and Alpine edge writes a snapshot: they follow no
    release, and judging them by one would be wrong in both directions.
    """
    if distribution.id in _ROLLING:
        return _ROLLING[distribution.id]
    parts = distribution.version.split(".")
    if not all(part.isdecimal() and part.isascii() for part in parts):
        return None
    name = {"debian": _debian, "ubuntu": _ubuntu, "alpine": _alpine}.get(distribution.id)
    return name(parts) if name else None


def _debian(parts: list[str]) -> str:
    return f"Debian:{parts[0]}"


def _ubuntu(parts: list[str]) -> str | None:
    """Ubuntu's releases are year and month; those of April in even years are supported for long."""
    if len(parts) < 2:  # noqa: PLR2004 - year and month
        return None
    long_term = parts[1] == _UBUNTU_LTS_MONTH and int(parts[0]) % 2 == 0
    return f"Ubuntu:{parts[0]}.{parts[1]}" + (":LTS" if long_term else "")


def _alpine(parts: list[str]) -> str | None:
    if len(parts) < 2:  # noqa: PLR2004 - a branch has two numbers
        return None
    return f"Alpine:v{parts[0]}.{parts[1]}"
