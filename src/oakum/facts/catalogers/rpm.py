"""Cataloger of rpm's packages."""

from collections.abc import Iterable, Iterator
from itertools import islice

from msgspec.structs import replace

from oakum.facts import rpm_bdb, rpm_ndb
from oakum.facts.broken import Broken, whole
from oakum.facts.capabilities import Capabilities
from oakum.facts.cataloger import Group, cataloger
from oakum.facts.files import File, Files
from oakum.facts.room import Room
from oakum.facts.rpm_header import Header, parse_header
from oakum.facts.rpm_names import rpm_package
from oakum.facts.sqlite_table import Database
from oakum.facts.sqlite_wal import committed_pages
from oakum.kit.errors import DamagedError, LimitError
from oakum.kit.limits import FACTS_PER_FILE
from oakum.model import gaps
from oakum.model.fact import Fact, Gap, Owns, Package

_MOST = FACTS_PER_FILE + 1  # one more than is kept, so that the engine says that there were more
_LOG = "-wal"
_KEY = "gpg-pubkey"

_Read = list[tuple[Package, Header]]


def _large(glob: str) -> Group:
    return Group(glob=glob, large=True)


@cataloger(
    version=1,
    per="layer",
    var_sqlite=_large("var/lib/rpm/rpmdb.sqlite"),
    var_log=_large("var/lib/rpm/rpmdb.sqlite-wal"),
    var_ndb=_large("var/lib/rpm/Packages.db"),
    var_bdb=_large("var/lib/rpm/Packages"),
    usr_sqlite=_large("usr/lib/sysimage/rpm/rpmdb.sqlite"),
    usr_log=_large("usr/lib/sysimage/rpm/rpmdb.sqlite-wal"),
    usr_ndb=_large("usr/lib/sysimage/rpm/Packages.db"),
    usr_bdb=_large("usr/lib/sysimage/rpm/Packages"),
    share_sqlite=_large("usr/share/rpm/rpmdb.sqlite"),
    share_log=_large("usr/share/rpm/rpmdb.sqlite-wal"),
)
def rpm(files: Files) -> Iterator[Fact]:
    """Packages in the database of rpm.

    It is a SQLite file (with what its write-ahead log holds), rpm's own NDB, or a Berkeley DB hash of old; all
    three hold the same headers, and all are read page by page by code of this project, since the file comes from a
    stranger. A version is ``epoch:version-release``, without an epoch that is not stated or 0, which compares
    alike. Keys that rpm keeps as packages (``gpg-pubkey``) are none. What a package needs is named where another
    one of the database provides it.
    """
    databases = {file.path: file for file in files.every() if not file.path.endswith(_LOG)}
    logs = {file.path[: -len(_LOG)]: file for file in files.every() if file.path.endswith(_LOG) and file.data}
    for path, file in sorted(databases.items()):
        yield from _database(file, logs.pop(path, None))
    for log in logs.values():
        what = "the newest changes of a package database lie here without the database, which another layer has"
        yield Gap(gaps.UNREADABLE_FILE, what, log.path)


def _database(file: File, log: File | None) -> Iterator[Fact]:
    trouble: list[Gap] = []
    try:
        read = list(islice(_packages(whole(_blobs(file, log), file.path, trouble), file.path, trouble), _MOST))
    except DamagedError as error:
        yield Gap(gaps.UNREADABLE_FILE, str(error), file.path)
        return
    known = _capabilities(read)
    for package, header in read:
        yield replace(package, depends=known.depends(package.name, package.version, header.requires))
        if header.files:
            yield Owns("rpm", package.name, file.path, header.files)
    yield from trouble


def _blobs(file: File, log: File | None) -> Iterator[bytes | Broken]:
    """The headers in a database of any kind; which one it is, its first bytes say, as rpm itself sees it."""
    if file.data.startswith(rpm_ndb.MAGIC):
        return rpm_ndb.headers(file.data)
    if file.path.endswith(".sqlite"):
        return Database(file.data, committed_pages(log.data) if log else None).blobs("Packages", 1)
    return rpm_bdb.headers(file.data)


def _packages(blobs: Iterable[bytes], path: str, trouble: list[Gap]) -> Iterator[tuple[Package, Header]]:
    room = Room()
    for blob in blobs:
        try:
            header = parse_header(blob, room)
        except LimitError as error:
            trouble.append(Gap(gaps.LIMIT, f"{error}; what follows was left out", path))
            return
        except DamagedError as error:
            trouble.append(Gap(gaps.UNREADABLE_FILE, str(error), path))
            continue
        fact = None if header.name == _KEY else rpm_package(header, path, "an installed package")
        if isinstance(fact, Package):
            yield fact, header
        elif fact is not None:
            trouble.append(fact)


def _capabilities(read: _Read) -> Capabilities:
    """What the packages provide, and those of their files that a package asks for by path."""
    asked = {need[1:] for _, header in read for need in header.requires if need.startswith("/")}
    known = Capabilities()
    for package, header in read:
        files = asked.intersection(header.files.split("\n")) if asked else ()
        known.add(package.name, package.version, (*header.provides, *(f"/{path}" for path in files)))
    return known
