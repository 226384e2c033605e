"""Whose package an rpm is and for which release, where its header leaves no doubt.

A distribution signs what it builds with its name (``Vendor``) and marks the release that it builds for at the end of
``Release`` (the macro ``%{?dist}``; Fedora packaging guidelines, "Dist Tag") or in ``Distribution``. Both must
be there and known. A mark alone says little: anybody may build for ``el9``, and Red Hat's layered products
have marks of their own (``el9cp``, ``rhaos4.14.el9``), for which other advisories speak.
"""

import re
from typing import Final

from oakum.facts.rpm_header import Header
from oakum.model.fact import Distribution

_EL: Final = r"(?:.*[._+])?el([1-9][0-9]?)(?![0-9A-Za-z]).*"
_MARKS: Final = {
    "Red Hat, Inc.": ("rhel", _EL),
    "AlmaLinux": ("almalinux", _EL),
    "Rocky": ("rocky", _EL),
    "Rocky Enterprise Software Foundation": ("rocky", _EL),
    "Oracle America": ("ol", _EL),
    "Fedora Project": ("fedora", r".*\.fc([1-9][0-9]{1,2})"),
    "Amazon Linux": ("amzn", r".*\.amzn(2|2023)(?:\.[0-9.]+)?"),
    "Mageia.Org": ("mageia", r".*\.mga([1-9][0-9]?)"),
    "Microsoft Corporation": ("azurelinux", r".*\.azl([3-9])"),
}
"""Vendor -> id of os-release, and what a release looks like whose first group is the version there."""

_LAYERED: Final = "rhaos"
"""In a release: OpenShift, which has advisories of its own."""

_LEAP: Final = re.compile(r"openSUSE Leap ([0-9]{2}\.[0-9])")


def vendor_distribution(header: Header, path: str) -> Distribution | None:
    """The distribution that the package was built by and for, or None where that is not certain."""
    if header.vendor == "openSUSE":
        leap = _LEAP.fullmatch(header.distribution)
        return Distribution("opensuse-leap", leap[1], header.distribution, path) if leap else None
    identity, mark = _MARKS.get(header.vendor, ("", ""))
    found = re.fullmatch(mark, header.release) if mark and _LAYERED not in header.release else None
    return Distribution(identity, found[1], f"{identity} {found[1]}", path) if found else None
