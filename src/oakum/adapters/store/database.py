"""A store's database: one writer at a time, readers beside it, and errors that say whose move it is.

SQLite and PostgreSQL behave alike here: a write begins by taking the one lock of its store (``BEGIN IMMEDIATE``, an
advisory lock), and a reader sees one moment. So no method of a store has to think of two writers.
"""

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine

from oakum.adapters.store.migrations import LOCKS, look, migrate
from oakum.kit.errors import ConfigurationError, NotPermittedError, OakumError, TryLaterError

_BUSY_SECONDS: Final = 30
_READERS: Final = 8
_PRAGMAS: Final = ("journal_mode=wal", "synchronous=full", "foreign_keys=on", "cache_size=-32000")
_BROKEN: Final = ("malformed", "not a database", "no such table", "no such column")
_REFUSED: Final = ("readonly", "unable to open")


class Database:
    """One store's tables, wherever they are.

    Args:
        place: path of an SQLite file, or a URL ``postgresql+psycopg://...``.
        store: ``ledger``, ``fleet`` or ``events``.
        looking: only look: nothing is made, and nothing is brought up to date under a server that runs.

    Raises:
        ConfigurationError: it is not there to be looked at, was made by another Oakum, or is damaged.
        NotPermittedError: the file cannot be written.
        TryLaterError: the server cannot be reached, or somebody holds the lock for long.
    """

    def __init__(self, place: str, store: str, *, looking: bool = False) -> None:
        """Open it, and bring its tables up to date."""
        self.place = place
        self.embedded = "://" not in place
        self._lock = LOCKS[store]
        self._here = threading.local()
        if looking and self.embedded and not os.path.isfile(place):
            raise ConfigurationError(f"there is no {store} at {place}")
        self._readers = self._engine(writing=False)
        self._writer = self._readers if looking else self._engine(writing=True)
        try:
            with self.read() if looking else self.write() as connection:
                (look if looking else migrate)(connection, store)
        except OakumError:
            self.close()
            raise

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that holds the store's lock; within another one of this thread, a part of it.

        When it ends without an error, what was written is on the disk.
        """
        held: Connection | None = getattr(self._here, "connection", None)
        if held is not None:
            with held.begin_nested():
                yield held
            return
        after: list[Callable[[], None]] = []
        with _named(self.place), self._writer.connect() as connection, connection.begin():
            if not self.embedded:
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(self._lock)))
            self._here.connection, self._here.after = connection, after
            try:
                yield connection
            finally:
                self._here.connection = None
        for act in after:
            act()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One moment of the store; within a transaction of this thread, what that sees."""
        held: Connection | None = getattr(self._here, "connection", None)
        if held is not None:
            yield held
            return
        with _named(self.place), self._readers.connect() as connection, connection.begin():
            yield connection

    def after_commit(self, act: Callable[[], None]) -> None:
        """Have something done once the transaction of this thread is kept, and not otherwise."""
        self._here.after.append(act)

    def close(self) -> None:
        """Let every connection go."""
        self._writer.dispose()
        self._readers.dispose()

    def _engine(self, *, writing: bool) -> Engine:
        if not self.embedded:
            engine = sa.create_engine(self.place, pool_size=_READERS, pool_pre_ping=True)
            return engine if writing else engine.execution_options(isolation_level="REPEATABLE READ")
        if writing:
            _make(self.place)
        engine = sa.create_engine(
            sa.URL.create("sqlite+pysqlite", database=self.place),
            pool_size=1 if writing else _READERS,
            max_overflow=0,
            pool_timeout=_BUSY_SECONDS,
            connect_args={"timeout": _BUSY_SECONDS, "check_same_thread": False},
        )
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin_immediate if writing else _begin)
        return engine


def bulk(connection: Connection, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Run one statement, with ``?`` for its values, over many rows; nothing where there are none."""
    if rows:
        marked = statement if connection.dialect.name == "sqlite" else statement.replace("?", "%s")
        connection.exec_driver_sql(marked, list(rows))


def _make(path: str) -> None:
    """The file, for its owner alone; SQLite gives the files beside it the same rights."""
    try:
        os.makedirs(os.path.dirname(path) or ".", mode=0o700, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    except OSError as error:
        raise NotPermittedError(f"{path} cannot be written: {error.strerror}") from None


def _prepare(connection: Any, record: object) -> None:  # noqa: ANN401 - the driver's own
    """Leave transactions to us, and make what is acknowledged survive."""
    del record
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(f"pragma {pragma}").fetchall()


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("begin")


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("begin immediate")


@contextmanager
def _named(place: str) -> Iterator[None]:
    """Name what the database refuses."""
    try:
        yield
    except sa.exc.TimeoutError:
        raise TryLaterError("the store is busy: all its connections are in use") from None
    except sa.exc.DatabaseError as error:
        raise _error(place, error) from error


def _error(place: str, error: sa.exc.DatabaseError) -> OakumError:
    where = place if "://" not in place else "the store"
    said = str(error.orig).split("\n", 1)[0]
    if any(word in said for word in _BROKEN):
        return ConfigurationError(f"{where} cannot be used: {said}", hint="restore it from a backup")
    if any(word in said for word in _REFUSED):
        return NotPermittedError(f"{where} cannot be written: {said}")
    if isinstance(error, sa.exc.OperationalError):  # locked, full, unreachable
        return TryLaterError(f"{where} cannot be used now: {said}")
    return OakumError(f"{where} refused a statement of ours: {said}")
