"""Makes the starter data: the facts of sources under open licences, small enough to come with the program."""

import os
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from msgspec.structs import replace

from oakum.flows.build_database import Progress, every_feed, fill
from oakum.flows.kinds import scheme_of
from oakum.intel.feed import ExploitedCve, Seen
from oakum.kit.errors import LimitError
from oakum.kit.limits import MIB
from oakum.model.advisory import Advisory, DatabaseInfo, Exploited, Range, SourceRevision
from oakum.model.scheme import Scheme, VersionError
from oakum.ports.advisory_writer import AdvisoryWriter
from oakum.ports.clock import Clock

NOT_OPEN: Final = ("Alpine", "Debian:9", "Debian:10", "Debian:11")
"""Ecosystems whose sources state no licence (``intel/ATTRIBUTION.md``)."""

_NOT_PASSED_ON: Final = frozenset({"epss", "cve_records"})
"""FIRST's scores have terms of their own; the CVE list is made of texts and would not fit."""

PACKED_BYTES: Final = 6 * MIB
_LEVEL: Final = 19
_DAY: Final = len("2026-01-01")


def build_starter(
    base: str, out: str, new_writer: Callable[[str], AdvisoryWriter], clock: Clock, progress: Progress
) -> DatabaseInfo:
    """Read the sources below a folder into one packed file of facts alone.

    Raises:
        LimitError: it is larger than what may come with the program.
        UnreadableError: the folder holds no source.
        TryLaterError: there is no room.
    """
    unpacked = f"{out}.{os.getpid()}.unpacked"
    try:
        with new_writer(unpacked) as writer:
            info = fill(facts_alone(every_feed(base, {})), writer, clock, progress, starter=True)
            writer.finish(info)
        progress(f"{out}: {_pack(unpacked, out):,} bytes")
    finally:
        if os.path.exists(unpacked):
            os.unlink(unpacked)
    return info


def facts_alone(seen: Iterable[Seen]) -> Iterator[Seen]:
    """What may be passed on: no texts, no links, no scores of EPSS, no CVE records, only open sources."""
    records: set[str] = set()
    newest = ""
    for one in seen:
        if isinstance(one, Advisory):
            if not _is_open(one.ecosystem):
                continue
            records.add(one.id)
            newest = max(newest, one.modified)
            yield _bare(one)
        elif isinstance(one, SourceRevision):
            if one.name.startswith("osv:"):
                one = replace(one, records=len(records), newest=newest)  # noqa: PLW2901 - the same source, counted anew
            if one.records and one.name not in _NOT_PASSED_ON:
                yield one
            records, newest = set(), ""
        elif isinstance(one, ExploitedCve) and one.exploited.kev and one.source not in _NOT_PASSED_ON:
            yield replace(one, exploited=Exploited(one.exploited.kev))


def _is_open(ecosystem: str) -> bool:
    return ecosystem not in NOT_OPEN and ecosystem.split(":", 1)[0] not in NOT_OPEN


def _bare(advisory: Advisory) -> Advisory:
    scheme = scheme_of(advisory.ecosystem) if advisory.versions else None
    versions = tuple(v for v in advisory.versions if not _said(v, advisory.ranges, scheme))
    day = advisory.published[:_DAY]
    return replace(advisory, versions=versions, published=day, modified=advisory.modified[:_DAY], summary="", url="")


def _said(version: str, ranges: tuple[Range, ...], scheme: Scheme | None) -> bool:
    """Whether the ranges already hold a version that is listed."""
    if scheme is None:
        return False
    try:
        return any(_holds(one, version, scheme) for one in ranges)
    except VersionError:
        return False


def _holds(one: Range, version: str, scheme: Scheme) -> bool:
    """Whether a range of one start and at most one fix holds a version; of other ranges it says no, to be safe."""
    key = scheme.key(version)
    ends = {event.kind: scheme.key(event.version) for event in one.events if event.version != "0"}
    kinds = sorted(event.kind for event in one.events)
    if kinds not in (["introduced"], ["fixed", "introduced"]):
        return False
    return not ("introduced" in ends and key < ends["introduced"]) and not ("fixed" in ends and key >= ends["fixed"])


def _pack(path: str, out: str) -> int:
    from oakum.kit.archive import zstd  # noqa: PLC0415 - only to make a release

    with open(path, "rb") as file:
        packed = zstd.compress(file.read(), _LEVEL)
    if len(packed) > PACKED_BYTES:
        raise LimitError(f"the starter data take {len(packed):,} bytes, more than may come with the program")
    temporary = f"{out}.{os.getpid()}.new"
    with open(temporary, "wb") as file:
        file.write(packed)
    os.replace(temporary, out)
    return len(packed)
