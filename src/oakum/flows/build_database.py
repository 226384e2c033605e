"""Builds a database of advisories out of a folder of sources."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC
from typing import Final

from msgspec import Struct

from oakum.intel.feed import FEEDS, ExploitedCve, Seen
from oakum.kit.errors import UnreadableError
from oakum.model.advisory import Advisory, DatabaseInfo, EcosystemData, Exploited, SourceRevision
from oakum.ports.advisory_writer import SCHEMA, AdvisoryWriter
from oakum.ports.clock import Clock

_ENOUGH_RECORDS: Final = 50

Progress = Callable[[str], None]
"""Is told one line at a time."""


class _Ecosystem(Struct):
    """What was counted of one ecosystem so far."""

    records: int = 0
    last: str = ""
    unfixed: int = 0
    newest: str = ""


def build_database(base: str, writer: AdvisoryWriter, clock: Clock, progress: Progress) -> DatabaseInfo:
    """Read every source below a folder into a new database, which then takes the old one's place.

    Raises:
        UnreadableError: the folder holds no source, or one that is damaged as a whole.
        TryLaterError: there is no room.
        NotPermittedError: the place of the database cannot be written.
    """
    with writer:
        info = fill(every_feed(base), writer, clock, progress)
        writer.finish(info)
    return info


def every_feed(base: str) -> Iterator[Seen]:
    """What all feeds see below a folder.

    Raises:
        UnreadableError: a file cannot be read, or is damaged as a whole.
    """
    for feed_id in FEEDS.ids():
        try:
            yield from FEEDS.load(feed_id).read(base)
        except OSError as error:
            raise UnreadableError(f"{error.filename or base} cannot be read: {error.strerror}") from error


def fill(
    seen: Iterable[Seen], writer: AdvisoryWriter, clock: Clock, progress: Progress, *, starter: bool = False
) -> DatabaseInfo:
    """Write what the feeds see, and say what it was.

    Raises:
        UnreadableError: they see no advisory at all, or none that can be used in one of the sources.
    """
    ecosystems: dict[str, _Ecosystem] = {}
    exploited: dict[str, Exploited] = {}
    sources: list[SourceRevision] = []
    for one in seen:
        if isinstance(one, Advisory):
            writer.add(one)
            _count(ecosystems, one)
        elif isinstance(one, ExploitedCve):
            exploited[one.cve] = _joined(exploited.get(one.cve, Exploited()), one.exploited)
        else:
            sources.append(_usable(one))
            progress(_line(one))
    if not ecosystems:
        raise UnreadableError(
            "there is no advisory in the source",
            hint="it must hold a folder per ecosystem with all.zip or JSON files, as OSV's bucket does",
        )
    for cve, known in sorted(exploited.items()):
        writer.add_exploited(cve, known)
    return _info(sources, ecosystems, clock, starter=starter)


def _info(
    sources: list[SourceRevision], ecosystems: dict[str, _Ecosystem], clock: Clock, *, starter: bool
) -> DatabaseInfo:
    identity = hashlib.sha256(f"oakum advisories {SCHEMA} {starter}\n".encode())
    for one in sorted(sources, key=lambda source: source.name):
        identity.update(f"{one.name} {one.revision}\n".encode())
    return DatabaseInfo(
        digest=f"sha256:{identity.hexdigest()}",
        built=clock.now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        schema=SCHEMA,
        starter=starter,
        sources=tuple(sources),
        ecosystems={name: _data(name, ecosystems[name]) for name in sorted(ecosystems)},
    )


def _data(name: str, counted: _Ecosystem) -> EcosystemData:
    """What to say of an ecosystem.

    A source that reports only what was fixed has no record without a fix. For a distribution,
    which OSV names with a release, that means that the unfixed are unknown. A language
    ecosystem has no maintainer that fixes all packages: there, the rule would only say that by
    chance all known flaws of a small source were mended.
    """
    only = ":" in name and counted.records >= _ENOUGH_RECORDS and not counted.unfixed
    return EcosystemData(counted.records, only, counted.newest)


def _count(ecosystems: dict[str, _Ecosystem], advisory: Advisory) -> None:
    counted = ecosystems.setdefault(advisory.ecosystem, _Ecosystem())
    counted.records += advisory.id != counted.last  # the packages of a record come one after another
    counted.last = advisory.id
    counted.unfixed += not advisory.fixed
    counted.newest = max(counted.newest, advisory.modified)


def _usable(one: SourceRevision) -> SourceRevision:
    if one.skipped and not one.records:
        raise UnreadableError(f"{one.name} has {one.skipped:,} records, and none of them can be used")
    return one


def _joined(one: Exploited, other: Exploited) -> Exploited:
    first = one if one.epss is not None else other
    return Exploited(one.kev or other.kev, first.epss, first.percentile)


def _line(one: SourceRevision) -> str:
    skipped = f", {one.skipped:,} skipped" if one.skipped else ""
    return f"{one.name}: {one.records:,} records{skipped}"
