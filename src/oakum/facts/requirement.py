"""One line of what Python's tools call a requirement (PEP 508), as far as it names a package exactly."""

import re
from typing import Final

_NAMED: Final = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]*+)[ \t]*+(?:\[[^\]]*+\])?[ \t]*+(.*)", re.DOTALL)
_EXACT: Final = re.compile(r"===?[ \t]*+([A-Za-z0-9][A-Za-z0-9.!+_-]*+)[ \t]*+(?=$|,)")
_SEPARATORS: Final = re.compile(r"[-_.]+")
_SPECIFIER: Final = frozenset("=<>!~(")
_WHEEL: Final = re.compile(r"(?:^|/)([A-Za-z0-9._]++)-([A-Za-z0-9.!+_]++)-[^/]*?\.whl(?=$|[#?])")
_EGG: Final = re.compile(r"#(?:[^#]*&)?egg=([A-Za-z0-9][A-Za-z0-9._-]*+)")


def requirement(text: str) -> tuple[str, str] | None:
    """Name and version; an empty version where it is not exact, None where it names no package.

    Only ``==`` and ``===`` without a wildcard are exact (PEP 440, "Version specifiers"), and
    the file name of a wheel (PEP 427).

    Args:
        text: one requirement, without comment and options.
    """
    plain = text.partition(";")[0].strip()
    found = _NAMED.fullmatch(plain)
    if found is None or found[2][:1] not in {"", "@", *_SPECIFIER}:
        return _located(text.strip())
    if found[2].startswith("@"):
        _, version = _located(found[2][1:].strip()) or ("", "")
        return found[1], version
    exact = _EXACT.search(found[2].strip("() \t"))
    return found[1], exact[1] if exact else ""


def normal(name: str) -> str:
    """A name as it is compared (PEP 503)."""
    return _SEPARATORS.sub("-", name).lower()


def _located(place: str) -> tuple[str, str] | None:
    """What the address of a wheel says, percent signs undone for local versions; else what it calls itself."""
    wheel = _WHEEL.search(place.partition(" ")[0].replace("%2B", "+").replace("%2b", "+"))
    if wheel:
        return wheel[1], wheel[2]
    egg = _EGG.search(place)
    return (egg[1], "") if egg else None
