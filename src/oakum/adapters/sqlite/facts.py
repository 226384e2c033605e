"""The cache of facts in one SQLite file."""

import os
from collections.abc import Collection, Mapping
from typing import Final

import apsw
import msgspec

from oakum.model.artifact import Artifact
from oakum.model.fact import Fact
from oakum.model.layer_facts import MODEL_VERSION, Outcome, Tree

_SCHEMA: Final = 1
_TABLES: Final = """
create table artifact (identity text primary key, body blob not null) without rowid;
create table tree (digest text primary key, body blob not null) without rowid;
create table outcome (digest text, plugin text, version int, body blob not null,
                      primary key (digest, plugin, version)) without rowid;
"""

Row = tuple[str, tuple[str | int | bytes, ...]]

_encode = msgspec.msgpack.Encoder().encode
_artifact = msgspec.msgpack.Decoder(Artifact).decode
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

    def artifact(self, identity: str) -> Artifact | None:
        """The artifact that was read from files of this identity."""
        row = self._first("select body from artifact where identity = ?", (identity,))
        return None if row is None else _artifact(row)

    def put_artifact(self, identity: str, artifact: Artifact) -> None:
        """Keep what an identity was found to be."""
        self._put([("insert or replace into artifact values (?, ?)", (identity, _encode(artifact)))])

    def layer(self, digest: str, plugins: Mapping[str, int]) -> tuple[Tree | None, Collection[Outcome]]:
        """What is stored of a layer."""
        body = self._first("select body from tree where digest = ?", (digest,))
        if body is None or self._connection is None:
            return None, ()
        rows = self._connection.execute("select plugin, version, body from outcome where digest = ?", (digest,))
        found = [Outcome(name, version, _facts(facts)) for name, version, facts in rows if plugins.get(name) == version]
        return _tree(body), found

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
            connection = apsw.Connection(self._path)
            connection.set_busy_timeout(5_000)
            version = connection.pragma("user_version")
            if version != _SCHEMA * 1000 + MODEL_VERSION:
                _prepare(connection, empty=version == 0)
        except (OSError, apsw.Error) as error:
            self.trouble = f"nothing can be cached in {self._path}: {error}"
            return None
        return connection

    def _first(self, statement: str, values: tuple[str, ...]) -> bytes | None:
        if self._connection is None:
            return None
        try:
            row = self._connection.execute(statement, values).fetchone()
        except apsw.Error as error:
            self._lose(error)
            return None
        return None if row is None else bytes(row[0])

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


def _prepare(connection: apsw.Connection, *, empty: bool) -> None:
    """Make the tables; a file of another version is emptied, since everything in it can be read again."""
    connection.pragma("journal_mode", "wal")
    with connection:
        if not empty:
            for table in ("artifact", "tree", "outcome"):
                connection.execute(f"drop table if exists {table}")
        connection.execute(_TABLES)
        connection.pragma("user_version", _SCHEMA * 1000 + MODEL_VERSION)
