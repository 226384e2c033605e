"""Brings the database of advisories up to date from a mirror or a folder."""

import itertools
import os
import re
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import UTC
from typing import Final
from urllib.parse import quote

from msgspec import Struct
from msgspec.structs import replace

from oakum.flows.build_database import Progress, every_feed, feed_of, fill
from oakum.intel.cve_files import FOLDER as CVE_FOLDER
from oakum.intel.feed import FEEDS, Unchanged
from oakum.kit.errors import NotPermittedError, TryLaterError, UnreadableError, UsageError
from oakum.model.advisory import DatabaseInfo
from oakum.model.update_state import UpdateState, Validators
from oakum.ports.advisory_writer import AdvisoryWriter
from oakum.ports.clock import Clock
from oakum.ports.http import Http, MissingError
from oakum.ports.update_states import UpdateStates

_LIST: Final = "ecosystems.txt"
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._:+-]{0,99}")
_LIST_BYTES: Final = 64 * 1024
_EVERY: Final = "*/"


class Origin(Struct, frozen=True):
    """Where new data come from.

    Attributes:
        base: ``https://...`` or a folder.
        ecosystems: those to take; all that the base lists when there are none.
        work: folder that is made, in which downloads wait, and which is removed again.
        anew: read everything, whatever is there already.
    """

    base: str
    ecosystems: tuple[str, ...] = ()
    work: str = "oakum.work"
    anew: bool = False


class Ports(Struct, frozen=True):
    """What an update needs of the world."""

    http: Http
    writer: AdvisoryWriter
    clock: Clock
    states: UpdateStates


class Updated(Struct, frozen=True):
    """What came of an update: the database as it is now, and whether it is another than before."""

    info: DatabaseInfo
    changed: bool


class _Before(Struct, frozen=True):
    """What is there already.

    Attributes:
        info: the database in place, with the sources that may be carried over; None to begin anew.
        files: what the server said of each file when that database was made, where it is the same server.
    """

    info: DatabaseInfo | None = None
    files: dict[str, Validators] = {}

    @property
    def known(self) -> dict[str, str]:
        """The revisions of the sources that may be carried over."""
        return {one.name: one.revision for one in self.info.sources} if self.info else {}


def update_database(origin: Origin, ports: Ports, progress: Progress) -> Updated:
    """Gather what changed since the last update, and build a new database out of it and of what did not change.

    Whatever fails, the old database stays. Two updates of one database come one after the other.

    Raises:
        UsageError: the base is neither a folder nor a URL that may be fetched.
        UnreadableError: the base lacks an ecosystem that it lists, or its data are broken.
        TryLaterError: the base cannot be reached, or there is no room.
        NotPermittedError: the place of the database cannot be written.
        ConfigurationError: the database in place was made by a newer program.
    """
    with ports.writer as writer:
        before = _before(origin, ports)
        with _work_folder(origin.work) as folder:
            gathered = _gather(origin, ports.http, folder, before, progress)
            seen = itertools.chain(gathered.unchanged, every_feed(folder, before.known))
            try:
                info = fill(seen, writer, ports.clock, progress, before=before.info)
            except UnreadableError as error:  # name the file where the reader has it, not where it waited
                raise type(error)(str(error).replace(folder, origin.base.rstrip("/")), hint=error.hint) from error
        changed = info is not before.info
        if changed:
            writer.finish(info)
        now = ports.clock.now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        ports.states.write(UpdateState(info.digest, now, origin.base, gathered.files))
    return Updated(info, changed)


def _before(origin: Origin, ports: Ports) -> _Before:
    """What may be carried over: sources of a database that is whole, read by feeds that are still the same."""
    info = ports.writer.before()  # asked in any case: a database of a newer program is not replaced
    state = ports.states.read() if info is not None and not origin.anew else None
    if info is None or state is None or state.digest != info.digest:
        return _Before()
    feeds = {feed_id: entry["version"] for feed_id, entry in FEEDS.index().items()}
    same = [one for one in info.sources if feeds.get(feed_of(one.name), 0) == info.feeds.get(feed_of(one.name))]
    return _Before(replace(info, sources=tuple(same)), state.files if state.base == origin.base else {})


@contextmanager
def _work_folder(path: str) -> Iterator[str]:
    """An empty folder; what a killed update left there is removed."""
    try:
        _clear(path)
        os.makedirs(path, mode=0o700)
    except PermissionError as error:
        raise NotPermittedError(f"no downloads can be kept in {path}: {error.strerror}") from error
    except OSError as error:
        raise TryLaterError(f"no downloads can be kept in {path}: {error.strerror}") from error
    try:
        yield path
    finally:
        _clear(path)


def _clear(path: str) -> None:
    if os.path.islink(path) or os.path.isfile(path):
        os.unlink(path)
    elif os.path.isdir(path):
        shutil.rmtree(path)


class _Gathered(Struct, frozen=True):
    """What was gathered: what need not be read again, and what the server said of each file."""

    unchanged: list[Unchanged] = []
    files: dict[str, Validators] = {}


def _gather(origin: Origin, http: Http, folder: str, before: _Before, progress: Progress) -> _Gathered:
    if "://" in origin.base:
        return _download(origin, http, folder, before, progress)
    _link(origin, folder)
    return _Gathered()


def wanted_files(ecosystems: Collection[str]) -> Iterator[tuple[str, str, str]]:
    """Every file that the feeds read: its path below the base, its feed, and its ecosystem where it has one."""
    for feed_id, entry in sorted(FEEDS.index().items()):
        for path in entry["files"]:
            if not path.startswith(_EVERY):
                yield path, feed_id, ""
                continue
            for ecosystem in ecosystems:
                yield f"{ecosystem}/{path[len(_EVERY) :]}", feed_id, ecosystem


def _download(origin: Origin, http: Http, folder: str, before: _Before, progress: Progress) -> _Gathered:
    base = origin.base.rstrip("/")
    ecosystems = origin.ecosystems or _listed_online(base, http, folder)
    gathered = _Gathered()
    for path, feed_id, ecosystem in wanted_files([_checked(name) for name in ecosystems]):
        into = os.path.join(folder, path)
        if path == _LIST:
            continue
        os.makedirs(os.path.dirname(into), exist_ok=True)
        sources = _sources(feed_id, ecosystem, before)
        try:
            said = http.fetch(f"{base}/{quote(path)}", into, before.files.get(path) if sources else None)
        except MissingError as error:
            if ecosystem:
                raise _missing(ecosystem, origin.base) from error
            progress(f"{path}: not in {base}")
            continue
        gathered.files[path] = said or before.files[path]
        if said is None:
            gathered.unchanged.extend(map(Unchanged, sources))
        else:
            progress(f"{path}: {os.path.getsize(into):,} bytes")
    return gathered


def _sources(feed_id: str, ecosystem: str, before: _Before) -> list[str]:
    """The sources that a file gave to the database in place."""
    if ecosystem:
        return [name for name in (f"{feed_id}:{ecosystem}",) if name in before.known]
    return [name for name in before.known if feed_of(name) == feed_id]


def _listed_online(base: str, http: Http, folder: str) -> list[str]:
    into = os.path.join(folder, _LIST)
    try:
        http.fetch(f"{base}/{_LIST}", into)
    except MissingError as error:
        raise UnreadableError(f"{base} has no {_LIST}", hint="name the data with --ecosystem") from error
    return _listed(into)


def _listed(path: str) -> list[str]:
    """The ecosystems of a list; a release whose family is listed has its records in the family's archive."""
    with open(path, encoding="utf-8", errors="replace") as file:
        names = [line.strip() for line in file.read(_LIST_BYTES).splitlines() if line.strip()]
    return [name for name in dict.fromkeys(names) if ":" not in name or name.split(":", 1)[0] not in names]


def _link(origin: Origin, folder: str) -> None:
    """Make the wanted part of a folder a base of its own, without a copy."""
    base = os.path.abspath(origin.base)
    if not os.path.isdir(base):
        raise UsageError(f"{origin.base} is neither a folder nor a URL")
    listed = _listed(os.path.join(base, _LIST)) if os.path.isfile(os.path.join(base, _LIST)) else []
    for name in origin.ecosystems or listed:
        if not os.path.isdir(os.path.join(base, _checked(name))):
            raise _missing(name, origin.base)
    for name in os.listdir(base):
        entry = os.path.join(base, name)
        if not os.path.isdir(entry) or not origin.ecosystems or name in (*origin.ecosystems, CVE_FOLDER):
            os.symlink(entry, os.path.join(folder, name))


def _checked(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise UnreadableError(f"{name!r} is no name of an ecosystem")
    return name


def _missing(ecosystem: str, base: str) -> UnreadableError:
    return UnreadableError(
        f"{base} has no data of {ecosystem}, so nothing was changed",
        hint="name those to take with --ecosystem, once for each",
    )
