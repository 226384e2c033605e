"""Writes an advisory database beside the old one and puts it in its place in one step."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Final, Self

import apsw

from oakum.adapters.sqlite.advisory_tables import APPLICATION, TABLES, Orders, SchemeOf, encode
from oakum.adapters.sqlite.version_bounds import bounds
from oakum.kit.errors import NotPermittedError, TryLaterError
from oakum.model.advisory import Advisory, DatabaseInfo, Exploited
from oakum.ports.advisory_writer import SCHEMA

_KEEP_LAST_GOOD: Final = "what was there before is untouched; make room and try again"

_PRAGMAS: Final = f"""
PRAGMA page_size = 4096;
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA temp_store = MEMORY;
PRAGMA cache_size = -131072;
PRAGMA application_id = {APPLICATION};
PRAGMA user_version = {SCHEMA};
"""


class AdvisoryBuilder:
    """The SQLite form of ``ports.advisory_writer.AdvisoryWriter``.

    Args:
        path: of the finished database.
        scheme_of: the version scheme of an ecosystem; its keys become the bounds of the prefilter.
    """

    def __init__(self, path: str, scheme_of: SchemeOf) -> None:
        """Nothing is written yet."""
        self._path = os.path.abspath(path)
        self._temporary = f"{self._path}.new"
        self._finished = False
        self._orders = Orders(scheme_of)
        self._packages: dict[tuple[str, str], tuple[int, int]] = {}

    def __enter__(self) -> Self:
        """Begin beside the old database."""
        with _troubles(self._path):
            os.makedirs(os.path.dirname(self._path), exist_ok=True)
            self._claim = _claim(self._temporary)
            self._connection = apsw.Connection(self._temporary)
            try:
                self._connection.execute(_PRAGMAS + TABLES + "BEGIN").fetchall()  # apsw runs on only as it is read
            except BaseException:
                self.__exit__(None, None, None)
                raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Remove what was not finished."""
        self._connection.close(True)  # noqa: FBT003 - apsw takes no name for it
        if not self._finished:
            _remove(self._temporary)
        os.close(self._claim)

    def add(self, advisory: Advisory) -> None:
        """Keep one advisory."""
        package = self._next(advisory.ecosystem, advisory.package)
        scheme = self._orders.of(advisory.ecosystem)
        low, high = bounds(advisory, scheme.key) if scheme else (None, None)
        row = (*package, low, high, encode(advisory))
        with _troubles(self._path):
            self._connection.execute("INSERT INTO affected VALUES (?, ?, ?, ?, ?)", row)

    def add_exploited(self, cve: str, exploited: Exploited) -> None:
        """Keep what is known of a CVE's exploitation; once per CVE."""
        row = (cve, exploited.kev, exploited.epss, exploited.percentile)
        with _troubles(self._path):
            self._connection.execute("INSERT INTO exploited VALUES (?, ?, ?, ?)", row)

    def finish(self, info: DatabaseInfo) -> None:
        """Make it whole and put it in the old one's place, in one step."""
        packages = ((number, *package) for package, (number, _) in self._packages.items())
        meta = (("about", encode(info)), ("schemes", encode(self._orders.used())))
        with _troubles(self._path):
            self._connection.executemany("INSERT INTO package VALUES (?, ?, ?)", packages)
            self._connection.executemany("INSERT INTO meta VALUES (?, ?)", meta)
            self._connection.execute("COMMIT; VACUUM").fetchall()  # rows of one package end up side by side
            self._connection.execute("INSERT INTO meta VALUES ('complete', x'01')")
            self._connection.close()
            _replace(self._temporary, self._path)
        self._finished = True

    def _next(self, ecosystem: str, name: str) -> tuple[int, int]:
        number, rows = self._packages.get((ecosystem, name), (len(self._packages) + 1, 0))
        self._packages[ecosystem, name] = number, rows + 1
        return number, rows


@contextmanager
def _troubles(path: str) -> Iterator[None]:
    try:
        yield
    except apsw.FullError as error:
        raise TryLaterError(f"there is no room for the database {path}", hint=_KEEP_LAST_GOOD) from error
    except (PermissionError, apsw.CantOpenError, apsw.ReadOnlyError) as error:
        raise NotPermittedError(f"{path} cannot be written: {error}") from error
    except (OSError, apsw.IOError) as error:
        raise TryLaterError(f"{path} cannot be written: {error}", hint=_KEEP_LAST_GOOD) from error


def _claim(path: str) -> int:
    """Open a new file that one process alone writes; what a killed one left there is overwritten.

    The lock is on the file and not on its name: whoever got the file just before it was
    renamed holds a lock on what is now the finished database, and must leave it alone.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if not os.path.samestat(os.fstat(descriptor), os.stat(path)):
            raise BlockingIOError  # noqa: TRY301 - what follows closes the file in this case too
        os.ftruncate(descriptor, 0)
    except BaseException as error:
        os.close(descriptor)
        if isinstance(error, BlockingIOError | FileNotFoundError):
            raise TryLaterError(f"another update is writing {path}", hint="wait until it has ended") from error
        raise
    return descriptor


def _replace(temporary: str, path: str) -> None:
    """Put a file in another's place so that after a power cut one of the two is there, whole."""
    _settle(temporary)
    os.replace(temporary, path)
    _settle(os.path.dirname(path))


def _settle(path: str) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove(path: str) -> None:
    try:
        os.unlink(path)
    except FileNotFoundError:
        return
