"""Brings the database of advisories up to date from a mirror or a folder."""

import os
import re
import tempfile
from collections.abc import Collection, Iterator
from typing import Final
from urllib.parse import quote

from msgspec import Struct

from oakum.flows.build_database import Progress, build_database
from oakum.intel.feed import FEEDS
from oakum.kit.errors import NotPermittedError, TryLaterError, UnreadableError, UsageError
from oakum.model.advisory import DatabaseInfo
from oakum.ports.advisory_writer import AdvisoryWriter
from oakum.ports.clock import Clock
from oakum.ports.http import Http, MissingError

_LIST: Final = "ecosystems.txt"
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._:+-]{0,99}")
_LIST_BYTES: Final = 64 * 1024
_EVERY: Final = "*/"


class Origin(Struct, frozen=True):
    """Where new data come from.

    Attributes:
        base: ``https://...`` or a folder.
        ecosystems: those to take; all that the base lists when there are none.
        work: folder in which downloads wait.
    """

    base: str
    ecosystems: tuple[str, ...] = ()
    work: str = "."


class Ports(Struct, frozen=True):
    """What an update needs of the world."""

    http: Http
    writer: AdvisoryWriter
    clock: Clock


def update_database(origin: Origin, ports: Ports, progress: Progress) -> DatabaseInfo:
    """Gather every file that the feeds read, and build a new database out of them.

    Whatever fails, the old database stays.

    Raises:
        UsageError: the base is neither a folder nor a URL that may be fetched.
        UnreadableError: the base lacks an ecosystem that it lists, or its data are broken.
        TryLaterError: the base cannot be reached, or there is no room.
        NotPermittedError: the place of the database cannot be written.
    """
    try:
        os.makedirs(origin.work, exist_ok=True)
        waiting = tempfile.TemporaryDirectory(prefix="update-", dir=origin.work)
    except PermissionError as error:
        raise NotPermittedError(f"no downloads can be kept in {origin.work}: {error.strerror}") from error
    except OSError as error:
        raise TryLaterError(f"no downloads can be kept in {origin.work}: {error.strerror}") from error
    with waiting as folder:
        if "://" in origin.base:
            _download(origin, ports.http, folder, progress)
        else:
            _link(origin, folder)
        try:
            return build_database(folder, ports.writer, ports.clock, progress)
        except UnreadableError as error:  # name the file where the reader has it, not where it waited
            raise type(error)(str(error).replace(folder, origin.base.rstrip("/")), hint=error.hint) from error


def wanted_files(ecosystems: Collection[str]) -> Iterator[tuple[str, str]]:
    """Every file that the feeds read: its path below the base, and the ecosystem that it is of, or nothing."""
    for feed_id, entry in sorted(FEEDS.index().items()):
        del feed_id
        for path in entry["files"]:
            if not path.startswith(_EVERY):
                yield path, ""
                continue
            for ecosystem in ecosystems:
                yield f"{ecosystem}/{path[len(_EVERY) :]}", ecosystem


def _download(origin: Origin, http: Http, folder: str, progress: Progress) -> None:
    base = origin.base.rstrip("/")
    ecosystems = origin.ecosystems or _listed_online(base, http, folder)
    for path, ecosystem in wanted_files([_checked(name) for name in ecosystems]):
        into = os.path.join(folder, path)
        if os.path.exists(into):
            continue
        os.makedirs(os.path.dirname(into), exist_ok=True)
        try:
            http.fetch(f"{base}/{quote(path)}", into)
        except MissingError as error:
            if ecosystem:
                raise _missing(ecosystem, origin.base) from error
            progress(f"{path}: not in {base}")
        else:
            progress(f"{path}: {os.path.getsize(into):,} bytes")


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
        if not os.path.isdir(entry) or not origin.ecosystems or name in origin.ecosystems:
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
