"""Within which keys all affected versions of an advisory lie.

The bounds may be too wide, never too narrow: a database leaves out only what certainly does
not hold the asked version, and the match that follows decides about the rest.
"""

from collections.abc import Callable
from typing import Final

from oakum.model.advisory import Advisory, Range
from oakum.model.scheme import VersionError

Bounds = tuple[bytes | None, bytes | None]
"""The lowest key, and one that is above all; None has no bound, or none that can be computed."""

_OPEN: Final[Bounds] = (None, None)
_KEY_BYTES: Final = 500
_NEXT: Final = b"\0"
"""Ends the key that follows next on another in byte order."""


def bounds(advisory: Advisory, key: Callable[[str], bytes]) -> Bounds:
    """The bounds over all ranges and listed versions; open where a version is none of the scheme."""
    try:
        spans = [_span(one, key) for one in advisory.ranges]
        spans += [(found, found + _NEXT) for found in map(key, advisory.versions)]
    except VersionError:
        return _OPEN
    lows = [low for low, _ in spans]
    highs = [high for _, high in spans]
    return _within(min(_all(lows), default=None)), _within(max(_all(highs), default=None))


def _span(one: Range, key: Callable[[str], bytes]) -> Bounds:
    introduced = [event.version for event in one.events if event.kind == "introduced"]
    ends = [event for event in one.events if event.kind != "introduced"]
    starts = [key(version) for version in introduced if version != "0"]
    low = min(starts) if starts and len(starts) == len(introduced) else None
    if not ends or any(event.version == "*" for event in ends):
        return low, None
    high = max(key(event.version) + (_NEXT if event.kind == "last_affected" else b"") for event in ends)
    return low, high if all(start < high for start in starts) else None


def _all(found: list[bytes | None]) -> list[bytes]:
    """The keys, or nothing when one of them is open."""
    keys = [key for key in found if key is not None]
    return keys if len(keys) == len(found) else []


def _within(key: bytes | None) -> bytes | None:
    return key if key is not None and len(key) <= _KEY_BYTES else None
