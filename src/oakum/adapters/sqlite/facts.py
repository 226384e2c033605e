"""The cache of facts in one SQLite file."""

import os
import time
from collections.abc import Callable, Collection, Mapping
from typing import Any, Final, TypeVar

import apsw
import msgspec

from oakum.kit.decoding import UNDECODABLE
from oakum.model.fact import Fact
from oakum.model.layer_facts import MODEL_VERSION, Outcome, Tree
from oakum.model.reading import Opened

_SCHEMA: Final = 1
_UNUSED_SECONDS: Final = 30 * 24 * 3600
_VERSION: Final = _SCHEMA * 1000 + MODEL_VERSION
_TABLES: Final = """
create table artifact (identity text primary key, body blob not null) without rowid;
create table tree (digest text primary key, body blob not null) without rowid;
create table outcome (digest text, plugin text, version int, body blob not null,
                      primary key (digest, plugin, version)) without rowid;
"""

T = TypeVar("T")
Row = tuple[str, tuple[str | int | bytes, ...]]

_encode = msgspec.msgpack.Encoder().encode
_opened = msgspec.msgpack.Decoder(Opened).decode
_tree = msgspec.msgpack.Decoder(Tree).decode
_facts = msgspec.msgpack.Decoder(tuple[Fact, ...]).decode


class FactCache:
    """Implements ``ports.facts.Facts``; what it loses is read again, so nothing here raises.

    Args:
        path: the file, made with its folder when missing; empty for none at all.
    """

    def __init__(self, path: str) -> None:
        """Open the file; where that cannot be, nothing is known and nothing kept."""
        self.trouble = ""
        self._path = path
        self._connection = self._open() if path else None

    def artifact(self, identity: str) -> Opened | None:
        """The artifact that was read from files of this identity."""
        found = self._rows("select body from artifact where identity = ?", (identity,), _opened_row)
        return found[0] if found else None

    def put_artifact(self, identity: str, opened: Opened) -> None:
        """Keep what an identity was found to be."""
        self._put([("insert or replace into artifact values (?, ?)", (identity, _encode(opened)))])

    def layer(self, digest: str, plugins: Mapping[str, int]) -> tuple[Tree | None, Collection[Outcome]]:
        """What is stored of a layer."""
        trees = self._rows("select body from tree where digest = ?", (digest,), _tree_row)
        if not trees:
            return None, ()
        statement = "select plugin, version, body from outcome where digest = ?"
        found = self._rows(statement, (digest,), lambda row: _outcome_row(row, plugins))
        return trees[0], [outcome for outcome in found if outcome is not None]

    def put_layer(self, digest: str, tree: Tree, outcomes: Collection[Outcome]) -> None:
        """Keep what was read from a layer whose digest was verified."""
        rows: list[Row] = [("insert or replace into tree values (?, ?)", (digest, _encode(tree)))]
        for outcome in outcomes:
            row = (digest, outcome.plugin, outcome.version, _encode(outcome.facts))
            rows.append(("insert or replace into outcome values (?, ?, ?, ?)", row))
        self._put(rows)

    def close(self) -> None:
        """Let the file go."""
        if self._connection is not None:
            self._connection.close()

    def _open(self) -> apsw.Connection | None:
        try:
            os.makedirs(os.path.dirname(self._path), mode=0o700, exist_ok=True)
            connection = _connect(self._path)
            if connection.pragma("user_version") not in (0, _VERSION):  # of another program: it is left alone
                connection.close()
                self._path = _beside(self._path)
                connection = _connect(self._path)
            if connection.pragma("user_version") != _VERSION:
                _prepare(connection)
        except (OSError, apsw.Error) as error:
            self.trouble = f"nothing can be cached in {self._path}: {error}"
            return None
        return connection

    def _rows(self, statement: str, values: tuple[str, ...], decode: Callable[[tuple[Any, ...]], T]) -> list[T]:
        if self._connection is None:
            return []
        try:
            return [decode(row) for row in self._connection.execute(statement, values)]
        except (apsw.Error, *UNDECODABLE, TypeError) as error:
            self._lose(error)
            return []

    def _put(self, rows: list[Row]) -> None:
        if self._connection is None:
            return
        try:
            with self._connection:
                for statement, values in rows:
                    self._connection.execute(statement, values)
        except apsw.Error as error:
            self._lose(error)

    def _lose(self, error: Exception) -> None:
        self.trouble = f"nothing can be cached in {self._path}: {error}"
        self._connection = None


def _opened_row(row: tuple[Any, ...]) -> Opened:
    return _opened(row[0])


def _tree_row(row: tuple[Any, ...]) -> Tree:
    return _tree(row[0])


def _outcome_row(row: tuple[Any, ...], plugins: Mapping[str, int]) -> Outcome | None:
    name, version, body = row
    return Outcome(name, version, _facts(body)) if plugins.get(name) == version else None


def _connect(path: str) -> apsw.Connection:
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    connection = apsw.Connection(path)
    connection.set_busy_timeout(5_000)
    connection.pragma("synchronous", "normal")  # the last entries may be lost with the power, and are read again
    return connection


def _beside(path: str) -> str:
    """The file of this program's form beside one of another form; what nobody used for long is removed first."""
    stem, suffix = os.path.splitext(path)
    own = f"{stem}-{_VERSION}{suffix}"
    if not os.path.exists(own):
        _drop_unused(os.path.dirname(path), os.path.basename(stem), suffix)
    return own


def _drop_unused(folder: str, stem: str, suffix: str) -> None:
    """Remove caches of forms that no program has written for a month; each can be read again."""
    limit = time.time() - _UNUSED_SECONDS
    for entry in os.scandir(folder):
        name = entry.name.removesuffix(suffix)
        old = entry.name.endswith(suffix) and name.startswith(f"{stem}-") and name[len(stem) + 1 :].isdigit()
        if old and entry.is_file(follow_symlinks=False) and entry.stat().st_mtime < limit:
            os.unlink(entry.path)


def _prepare(connection: apsw.Connection) -> None:
    """Make the tables."""
    connection.pragma("journal_mode", "wal")
    connection.execute("begin immediate")
    try:
        if connection.pragma("user_version") != _VERSION:  # else another scan was faster
            connection.execute(_TABLES)
            connection.pragma("user_version", _VERSION)
        connection.execute("commit")
    except apsw.Error:
        if connection.in_transaction:
            connection.execute("rollback")
        raise
