"""Writes an advisory database beside the old one and puts it in its place in one step."""

import os
from collections.abc import Iterator
from types import TracebackType
from typing import Final, Self

import apsw
from msgspec.structs import replace

from oakum.adapters.replacing import Say, claim, put_in_place, remove, troubles
from oakum.adapters.sqlite.advisory_tables import (
    APPLICATION,
    TABLES,
    Orders,
    SchemeOf,
    encode,
    name_hash,
    pack_numbers,
)
from oakum.adapters.sqlite.carried_sources import attach, carriable, carry
from oakum.adapters.sqlite.version_bounds import bounds
from oakum.model.advisory import Advisory, DatabaseInfo, Exploited
from oakum.model.cve import CveRecord
from oakum.ports.advisory_writer import SCHEMA

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
        waiting: is told that somebody else writes there, who is then waited for; without it that is an error.
    """

    def __init__(self, path: str, scheme_of: SchemeOf, waiting: Say | None = None) -> None:
        """Nothing is written yet."""
        self._path = os.path.abspath(path)
        self._temporary = f"{self._path}.new"
        self._scheme_of = scheme_of
        self._waiting = waiting
        self._finished = self._carries = False
        self._orders = Orders(scheme_of)
        self._connection: apsw.Connection | None = None
        self._sources: dict[str, tuple[int, int]] = {}
        self._carried: set[str] = set()
        self._packages: dict[tuple[int, str, str], tuple[int, int]] = {}
        self._named: dict[tuple[int, int], tuple[int, ...]] = {}
        self._free = 1

    def __enter__(self) -> Self:
        """Claim the place: until it is left, nobody else writes there."""
        with troubles(self._path):
            os.makedirs(os.path.dirname(self._path), exist_ok=True)
            self._claim = claim(self._temporary, self._waiting)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Remove what was not finished."""
        if self._connection is not None:
            self._connection.close(True)  # noqa: FBT003 - apsw takes no name for it
        if not self._finished:
            remove(self._temporary)
        os.close(self._claim)

    def before(self) -> DatabaseInfo | None:
        """What the database in place is made of; its sources are those that can be kept."""
        found = carriable(self._path, self._scheme_of)
        self._carries = found is not None
        return found

    def add(self, advisory: Advisory) -> None:
        """Keep one advisory."""
        source, first = self._source(advisory.source)
        package, number = self._row(source, advisory)
        for name in {advisory.id, *advisory.aliases}:
            at = name_hash(name), source
            if (known := self._named.get(at, ()))[-1:] != (package - first,):
                self._named[at] = (*known, package - first)
        scheme = self._orders.of(advisory.ecosystem)
        low, high = bounds(advisory, scheme.key) if scheme else (None, None)
        with troubles(self._path):
            row = (package, number, low, high, encode(advisory))
            self._begun().execute("INSERT INTO affected VALUES (?, ?, ?, ?, ?)", row)

    def add_exploited(self, cve: str, exploited: Exploited, source: str) -> None:
        """Keep what a source knows of a CVE's exploitation; of several entries about one the last."""
        row = (cve, self._source(source)[0], exploited.kev, exploited.epss, exploited.percentile)
        with troubles(self._path):
            self._begun().execute("INSERT OR REPLACE INTO exploited VALUES (?, ?, ?, ?, ?)", row)

    def add_cve(self, record: CveRecord, source: str) -> None:
        """Keep one record of the CVE list; of several about one the last."""
        row = (record.cve, self._source(source)[0], encode(replace(record, cve="")))
        with troubles(self._path):
            self._begun().execute("INSERT OR REPLACE INTO cve VALUES (?, ?, ?)", row)

    def keep(self, source: str) -> None:
        """Carry everything of a source over from the database that is in place now."""
        number, first = self._source(source)
        self._carried.add(source)
        with troubles(self._path):
            self._free = carry(self._begun(), source, number, first)

    def finish(self, info: DatabaseInfo) -> None:
        """Make it whole and put it in the old one's place, in one step."""
        for ecosystem in info.ecosystems:
            self._orders.of(ecosystem)  # those of carried sources too: their bounds are of the same scheme
        meta = (("about", encode(replace(info, checked=""))), ("schemes", encode(self._orders.used())))
        packages = ((number, *package[1:], package[0]) for package, (number, _) in self._packages.items())
        with troubles(self._path):
            connection = self._begun()
            connection.executemany("INSERT INTO source VALUES (?, ?, ?)", self._new_sources())
            connection.executemany("INSERT INTO package VALUES (?, ?, ?, ?)", packages)
            connection.executemany("INSERT INTO named VALUES (?, ?, ?)", self._new_names())
            connection.executemany("INSERT INTO meta VALUES (?, ?)", meta)
            connection.execute("COMMIT; VACUUM main").fetchall()  # rows of one package end up side by side
            connection.execute("INSERT INTO meta VALUES ('complete', x'01')")
            connection.close()
            put_in_place(self._temporary, self._path)
        self._finished = True

    def _begun(self) -> apsw.Connection:
        """The database in the making, which is begun with the first thing that is written."""
        if self._connection is None:
            flags = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_URI
            self._connection = apsw.Connection(self._temporary, flags=flags)
            if self._carries:
                attach(self._connection, self._path)
            self._connection.execute(_PRAGMAS + TABLES + "BEGIN").fetchall()  # apsw runs on only as it is read
        return self._connection

    def _source(self, name: str) -> tuple[int, int]:
        """A source's number, and the number of its first package."""
        if name not in self._sources:
            self._sources[name] = len(self._sources) + 1, self._free
        return self._sources[name]

    def _row(self, source: int, advisory: Advisory) -> tuple[int, int]:
        """The number of the advisory's package, and of its row there."""
        package = source, advisory.ecosystem, advisory.package
        number, rows = self._packages.get(package, (self._free, 0))
        self._packages[package] = number, rows + 1
        self._free = max(self._free, number + 1)
        return number, rows

    def _new_sources(self) -> Iterator[tuple[int, str, int]]:
        for name, (number, first) in self._sources.items():
            if name not in self._carried:
                yield number, name, first

    def _new_names(self) -> Iterator[tuple[int, int, bytes]]:
        for (name, source), packages in sorted(self._named.items()):
            yield name, source, pack_numbers(sorted(set(packages)))
