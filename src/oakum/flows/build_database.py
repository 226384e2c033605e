"""Builds a database of advisories out of a folder of sources."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from oakum.intel.feed import FEEDS, ExploitedCve, Known, ListedCve, Seen, Unchanged
from oakum.kit.errors import UnreadableError
from oakum.model.advisory import Advisory, Counted, DatabaseInfo, EcosystemData, SourceRevision
from oakum.ports.advisory_writer import SCHEMA, AdvisoryWriter
from oakum.ports.clock import Clock

_ENOUGH_RECORDS: Final = 50

Progress = Callable[[str], None]
"""Is told one line at a time."""


class _Counting(Struct):
    """What was counted of one ecosystem so far in the source that is being read."""

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
        info = fill(every_feed(base, {}), writer, clock, progress)
        writer.finish(info)
    return info


def every_feed(base: str, known: Known) -> Iterator[Seen]:
    """What all feeds see below a folder, where sources of the known revisions are not read again.

    Raises:
        UnreadableError: a file cannot be read, or is damaged as a whole.
    """
    for feed_id in FEEDS.ids():
        try:
            yield from FEEDS.load(feed_id).read(base, known)
        except OSError as error:
            raise UnreadableError(f"{error.filename or base} cannot be read: {error.strerror}") from error


def fill(
    seen: Iterable[Seen],
    writer: AdvisoryWriter,
    clock: Clock,
    progress: Progress,
    *,
    before: DatabaseInfo | None = None,
    starter: bool = False,
) -> DatabaseInfo:
    """Write what the feeds see, and say what it was.

    Args:
        seen: in the feeds' order.
        writer: of the new database.
        clock: tells when this is.
        progress: is told a line per source.
        before: the database in place, from which what is unchanged is carried over; where everything is unchanged,
            nothing is written and this is what is given back.
        starter: whether these are the starter data.

    Raises:
        UnreadableError: they see no advisory at all, or none that can be used in one of the sources.
    """
    now = clock.now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    old = {one.name: one for one in before.sources} if before else {}
    counting: dict[str, _Counting] = {}
    sources: list[SourceRevision] = []
    for one in seen:
        if isinstance(one, SourceRevision):
            sources.append(replace(_usable(one), taken=now, counts=_counts(counting)))
            counting = {}
            progress(_line(sources[-1], old.get(one.name)))
        elif isinstance(one, Unchanged):
            sources.append(old[one.source])
            progress(f"{one.source}: unchanged")
        else:
            _write(one, writer, counting)
    sources.sort(key=lambda source: source.name)
    if before is not None and tuple(sources) == before.sources:
        return before
    for source in sources:
        if source is old.get(source.name):
            writer.keep(source.name)
    for name in sorted(old.keys() - {source.name for source in sources}):
        progress(f"{name}: no longer taken")
    return _info(sources, now, starter=starter)


def _write(one: Advisory | ExploitedCve | ListedCve, writer: AdvisoryWriter, counting: dict[str, _Counting]) -> None:
    if isinstance(one, Advisory):
        writer.add(one)
        _count(counting, one)
    elif isinstance(one, ExploitedCve):
        writer.add_exploited(one.cve, one.exploited, one.source)
    else:
        writer.add_cve(one.record, one.source)


def _info(sources: list[SourceRevision], now: str, *, starter: bool) -> DatabaseInfo:
    ecosystems = _ecosystems(sources)
    if not ecosystems:
        raise UnreadableError(
            "there is no advisory in the source",
            hint="it must hold a folder per ecosystem with all.zip or JSON files, as OSV's bucket does",
        )
    feeds = {feed_id: int(entry["version"]) for feed_id, entry in FEEDS.index().items()}
    identity = hashlib.sha256(f"oakum advisories {SCHEMA} {starter}\n".encode())
    for one in sorted(sources, key=lambda source: source.name):
        identity.update(f"{one.name} {feeds.get(feed_of(one.name), 0)} {one.revision}\n".encode())
    return DatabaseInfo(
        digest=f"sha256:{identity.hexdigest()}",
        built=now,
        schema=SCHEMA,
        starter=starter,
        sources=tuple(sources),
        ecosystems={name: _data(name, ecosystems[name]) for name in sorted(ecosystems)},
        feeds=feeds,
    )


def feed_of(source: str) -> str:
    """The feed that a source's name begins with."""
    return source.split(":", 1)[0]


def _ecosystems(sources: list[SourceRevision]) -> dict[str, Counted]:
    """What all sources together have of each ecosystem."""
    every: dict[str, Counted] = {}
    for source in sources:
        for name, one in source.counts.items():
            more = every.get(name, Counted())
            sums = more.records + one.records, more.unfixed + one.unfixed
            every[name] = Counted(*sums, max(more.newest, one.newest))
    return every


def _data(name: str, counted: Counted) -> EcosystemData:
    """What to say of an ecosystem.

    A source that reports only what was fixed has no record without a fix. For a distribution,
    which OSV names with a release, that means that the unfixed are unknown. A language
    ecosystem has no maintainer that fixes all packages: there, the rule would only say that by
    chance all known flaws of a small source were mended.
    """
    only = ":" in name and counted.records >= _ENOUGH_RECORDS and not counted.unfixed
    return EcosystemData(counted.records, only, counted.newest)


def _count(counting: dict[str, _Counting], advisory: Advisory) -> None:
    counted = counting.setdefault(advisory.ecosystem, _Counting())
    counted.records += advisory.id != counted.last  # the packages of a record come one after another
    counted.last = advisory.id
    counted.unfixed += not advisory.fixed
    counted.newest = max(counted.newest, advisory.modified)


def _counts(counting: dict[str, _Counting]) -> dict[str, Counted]:
    return {name: Counted(one.records, one.unfixed, one.newest) for name, one in sorted(counting.items())}


def _usable(one: SourceRevision) -> SourceRevision:
    if one.skipped and not one.records:
        raise UnreadableError(f"{one.name} has {one.skipped:,} records, and none of them can be used")
    return one


def _line(one: SourceRevision, before: SourceRevision | None) -> str:
    skipped = f", {one.skipped:,} skipped" if one.skipped else ""
    was = f" (there were {before.records:,})" if before is not None else ""
    return f"{one.name}: {one.records:,} records{was}{skipped}"
