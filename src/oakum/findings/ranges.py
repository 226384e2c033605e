"""Whether a record affects a version, by the rules of the OSV schema.

A version is affected when it is listed, or when one of the ranges holds it
(OSV schema, "Evaluation"). What cannot be compared is unknown, never unaffected.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any, Final

from msgspec import Struct

from oakum.model.advisory import Advisory, Event, Range
from oakum.model.scheme import Scheme, VersionError

FIRST: Final = "0"
"""``introduced: 0`` stands for before every version, whatever the scheme says of ``0``."""

_NUMBERS: Final = re.compile(r"[1-9][0-9]*").findall


class Verdict(Struct, frozen=True):
    """What a record says of a version.

    Attributes:
        affected: True, False, or None when the versions cannot be compared.
        words: the range that holds the version, or those that do not, or what cannot be compared.
    """

    affected: bool | None
    words: str


class Compared:
    """The versions of one scheme, their keys computed once."""

    def __init__(self, scheme: Scheme) -> None:
        """Compare by this scheme."""
        self.id = scheme.id
        self._key: Callable[[str], Any] = scheme.key
        self._known: dict[str, Any] = {}
        self._seen: dict[str, tuple[str, ...]] = {}

    def key(self, version: str) -> Any:  # noqa: ANN401 - only the scheme knows what its keys are
        """The sort key of a version.

        Raises:
            VersionError: it is no version of the scheme.
        """
        known = self._known.get(version)
        if known is None:
            known = self._known[version] = self._key(version)
        return known

    def above(self, version: str, candidates: Iterable[str]) -> tuple[str, ...]:
        """The candidates above a version, in order, each once; what is no version is left out."""
        floor = self.key(version)
        keyed = [(key, candidate) for candidate in candidates if (key := self._try(candidate)) is not None]
        higher = sorted((pair for pair in keyed if pair[0] > floor), key=lambda pair: pair[0])
        return tuple(candidate for at, (key, candidate) in enumerate(higher) if at == 0 or higher[at - 1][0] != key)

    def equal(self, version: str, listed: Iterable[str]) -> bool:
        """True when one of the listed is the same version in another spelling.

        In every scheme equal versions have the same numbers before a ``+``, zeros aside; records list
        hundreds of versions, and only those few are worth comparing by the scheme.
        """
        wanted, numbers = self.key(version), self._numbers(version)
        return any(self._try(other) == wanted for other in listed if self._numbers(other) == numbers)

    def _numbers(self, version: str) -> tuple[str, ...]:
        known = self._seen.get(version)
        if known is None:
            known = self._seen[version] = tuple(_NUMBERS(version.partition("+")[0]))
        return known

    def _try(self, version: str) -> Any:  # noqa: ANN401 - as above
        try:
            return self.key(version)
        except VersionError:
            return None


def judge(advisory: Advisory, version: str, compared: Compared) -> Verdict:
    """Whether the record affects the version, and by which range or list."""
    try:
        return _judge(advisory, version, compared)
    except VersionError as error:
        listed = version in advisory.versions
        return Verdict(affected=listed or None, words=f"listed: {version}" if listed else str(error))


def _judge(advisory: Advisory, version: str, compared: Compared) -> Verdict:
    compared.key(version)
    unknown = ""
    for stretch in advisory.ranges:
        try:
            words = _holding(stretch, version, compared)
        except VersionError as error:
            unknown = str(error)
            continue
        if words:
            return Verdict(affected=True, words=words)
    if version in advisory.versions:
        return Verdict(affected=True, words=f"listed: {version}")
    if compared.equal(version, advisory.versions):
        return Verdict(affected=True, words=f"listed: {version} in another spelling")
    return Verdict(affected=None if unknown else False, words=unknown or in_words(advisory))


def _holding(stretch: Range, version: str, compared: Compared) -> str:
    """The segment that holds the version in words, or nothing.

    The events are walked in the order of their versions; those of one version keep the
    record's order, so that a fix and a new flaw in the same version read as written.
    """
    wanted = compared.key(version)
    if not _below_a_limit(stretch, wanted, compared):
        return ""
    since: Event | None = None
    end: Event | None = None
    for key, event in _sorted(stretch, compared):
        if event.kind == "introduced" and (key is None or key <= wanted):
            since = since or event
        elif _ends(event, key, wanted):
            since = end = None
        elif event.kind != "introduced":
            end = end or event
    return _segment(since.version, end) if since else ""


def _ends(event: Event, key: Any, wanted: Any) -> bool:  # noqa: ANN401 - keys of the scheme
    if event.kind == "fixed":
        return bool(key <= wanted)
    return event.kind == "last_affected" and bool(key < wanted)


def _below_a_limit(stretch: Range, wanted: Any, compared: Compared) -> bool:  # noqa: ANN401 - as above
    """Without a limit everything is below it; with several, one is enough (OSV schema)."""
    limits = [event.version for event in stretch.events if event.kind == "limit"]
    return not limits or any(limit == "*" or wanted < compared.key(limit) for limit in limits)


def _sorted(stretch: Range, compared: Compared) -> list[tuple[Any, Event]]:
    first: list[tuple[Any, Event]] = []
    others: list[tuple[Any, Event]] = []
    for event in stretch.events:
        if event.kind == "introduced" and event.version == FIRST:
            first.append((None, event))
        elif event.kind != "limit":
            others.append((compared.key(event.version), event))
    return first + sorted(others, key=lambda pair: pair[0])


def _segment(since: str, end: Event | None) -> str:
    if end is None:
        return f"from {since}, no fix known"
    return f"from {since}, fixed in {end.version}" if end.kind == "fixed" else f"from {since} to {end.version}"


def in_words(advisory: Advisory) -> str:
    """All that the record calls affected, in the record's order."""
    words = [_range_in_words(stretch) for stretch in advisory.ranges if stretch.events]
    if advisory.versions:
        words.append(f"{len(advisory.versions)} versions listed one by one")
    return "; ".join(words) or "no versions named"


def _range_in_words(stretch: Range) -> str:
    words = {"introduced": "from", "fixed": "fixed in", "last_affected": "to", "limit": "below"}
    return ", ".join(f"{words.get(event.kind, event.kind)} {event.version}" for event in stretch.events)
