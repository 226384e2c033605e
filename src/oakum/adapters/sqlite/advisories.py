"""The advisory database, read only and shared by any number of processes."""

import functools
import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, Final, Self

import apsw
from msgspec.structs import replace

from oakum.adapters.sqlite.advisory_tables import (
    APPLICATION,
    Orders,
    SchemeOf,
    decode_advisory,
    decode_cve,
    decode_info,
    decode_schemes,
    name_hash,
    unpack_numbers,
)
from oakum.adapters.update_state import checked
from oakum.kit.errors import ConfigurationError
from oakum.model.advisory import Advisory, AdvisoryKey, DatabaseInfo, Exploited
from oakum.model.cve import CveRecord
from oakum.model.ecosystems import ordering
from oakum.model.scheme import Scheme, VersionError
from oakum.ports.advisory_writer import SCHEMA

_HINT: Final = "make it anew with `oakum db update --from BASE`, or fetch one with `oakum db pull REF`"
_ANEW: Final = "make it anew with `oakum db update --anew --from BASE`"

_BATCH: Final = 100
_ASKED: Final = """WITH asked (number, ecosystem, name, at) AS (VALUES ROWS)
                   SELECT asked.number, affected.body FROM asked
                   CROSS JOIN package ON package.ecosystem = asked.ecosystem AND package.name = asked.name
                   CROSS JOIN affected ON affected.package = package.id
                   WHERE at IS NULL OR ((low IS NULL OR low <= at) AND (high IS NULL OR high > at))"""
"""Many keys in one statement: as many statements as keys take eight times as long."""

_NAMING: Final = "SELECT number, body FROM affected WHERE package = ? AND instr(body, ?)"
_NAMED: Final = """SELECT source.first, named.packages FROM named JOIN source ON source.id = named.source
                   WHERE named.hash = ?"""
_EXPLOITED: Final = "SELECT kev, epss, percentile FROM exploited WHERE cve = ?"
_CVE: Final = "SELECT body FROM cve WHERE cve = ? LIMIT 1"

_HEADER_BYTES: Final = 100
_MAGIC: Final = b"SQLite format 3\0"


class NewerFormError(ConfigurationError):
    """A database that a newer program made."""


class AdvisoryDatabase:
    """The SQLite form of ``ports.advisories.Advisories``.

    The file is opened as immutable, so readers take no lock; an update puts another file in
    its place, and whoever has this one open keeps reading it.

    Args:
        path: of the database.
        scheme_of: the version scheme of an ecosystem, for the key of an asked version.

    Raises:
        ConfigurationError: there is no database, or it is of another form, cut off or damaged.
    """

    _info: DatabaseInfo

    def __init__(self, path: str, scheme_of: SchemeOf) -> None:
        """Open it, and look at its first bytes rather than at all of it."""
        try:
            with open(path, "rb") as file:
                header, size = file.read(_HEADER_BYTES), os.fstat(file.fileno()).st_size
        except FileNotFoundError:
            raise ConfigurationError(f"there is no advisory database at {path}", hint=_HINT) from None
        except OSError as error:
            raise ConfigurationError(f"the advisory database {path} cannot be read: {error.strerror}") from error
        _check(path, header, size)
        flags = apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
        self._begin(path, scheme_of, lambda: apsw.Connection(read_only_uri(path), flags=flags))
        self._info = replace(self._info, checked=checked(path, self._info.digest))

    @classmethod
    def in_memory(cls, content: bytes, name: str, scheme_of: SchemeOf) -> Self:
        """A database whose bytes are in memory, for a place where no file can be kept."""
        _check(name, content[:_HEADER_BYTES], len(content))

        def connect() -> apsw.Connection:
            connection = apsw.Connection(":memory:")
            connection.deserialize("main", content)
            return connection

        database = cls.__new__(cls)
        database._begin(name, scheme_of, connect)  # noqa: SLF001 - of its own class
        return database

    def _begin(self, name: str, scheme_of: SchemeOf, connect: Callable[[], apsw.Connection]) -> None:
        self._path = name
        try:
            self._connection = connect()
            meta = dict(self._connection.execute("SELECT name, value FROM meta"))
            self._schemes = decode_schemes(meta["schemes"])
            self._info = decode_info(meta["about"])
        except (apsw.Error, ValueError, KeyError) as error:
            raise ConfigurationError(f"the advisory database {name} is damaged: {error}", hint=_HINT) from error
        if "complete" not in meta:
            raise ConfigurationError(f"the advisory database {name} was not written to its end", hint=_HINT)
        self._orders = Orders(scheme_of)
        self._filters: dict[str, Scheme | None] = {}

    def about(self) -> DatabaseInfo:
        """What the database is made of."""
        return self._info

    def schemes(self) -> Mapping[str, tuple[str, int]]:
        """The version schemes that the bounds were made with: ecosystem without release -> id and version."""
        return self._schemes

    def lookup(
        self, keys: Collection[AdvisoryKey], *, every: bool = False
    ) -> Mapping[AdvisoryKey, tuple[Advisory, ...]]:
        """The advisories about each key's package; keys without any are left out.

        Raises:
            ConfigurationError: the database is damaged.
        """
        try:
            ordered = sorted(keys, key=_place)  # as the database has them: each page is looked into once
            found: dict[AdvisoryKey, tuple[Advisory, ...]] = {}
            for begin in range(0, len(ordered), _BATCH):
                found |= self._about_packages(ordered[begin : begin + _BATCH], every=every)
        except (apsw.Error, ValueError) as error:
            raise self._damaged(error) from error
        return found

    def exploited(self, ids: Collection[str]) -> Mapping[str, Exploited]:
        """KEV and EPSS of the CVE ids that have them.

        Raises:
            ConfigurationError: the database is damaged.
        """
        try:
            rows: dict[str, list[Any]] = {cve: self._connection.execute(_EXPLOITED, (cve,)).fetchall() for cve in ids}
        except apsw.Error as error:
            raise self._damaged(error) from error
        found = {cve: [Exploited(*row) for row in known] for cve, known in rows.items() if known}
        return {cve: functools.reduce(Exploited.joined, known) for cve, known in found.items()}

    def cve_records(self, ids: Collection[str]) -> Mapping[str, CveRecord]:
        """What the CVE list says of the ids that it has.

        Raises:
            ConfigurationError: the database is damaged.
        """
        try:
            if self._connection.execute("SELECT 1 FROM cve LIMIT 1").fetchone() is None:
                return {}
            bodies = {cve: self._connection.execute(_CVE, (cve,)).get for cve in ids}
            return {cve: replace(decode_cve(body), cve=cve) for cve, body in bodies.items() if body}
        except (apsw.Error, ValueError) as error:
            raise self._damaged(error) from error

    def by_id(self, ids: Collection[str]) -> tuple[Advisory, ...]:
        """Every record that bears one of these ids, as its own or as an alias.

        ``named`` has the packages of each id by a hash of it, which is a twentieth of what an
        index of the ids would take; the records themselves then say whether they are meant.

        Raises:
            ConfigurationError: the database is damaged.
        """
        try:
            found = {place: body for one in ids for place, body in self._naming(one)}
            records = [decode_advisory(body) for _, body in sorted(found.items())]
        except (apsw.Error, ValueError) as error:
            raise self._damaged(error) from error
        wanted = set(ids)
        return tuple(one for one in records if one.id in wanted or not wanted.isdisjoint(one.aliases))

    def _naming(self, name: str) -> Iterator[tuple[tuple[int, int], bytes]]:
        text = name.encode("utf-8", "replace")
        rows: list[Any] = self._connection.execute(_NAMED, (name_hash(name),)).fetchall()
        for first, packages in rows:
            for package in unpack_numbers(packages):
                named: list[Any] = self._connection.execute(_NAMING, (first + package, text)).fetchall()
                for number, body in named:
                    yield (first + package, number), body

    def _damaged(self, error: Exception) -> ConfigurationError:
        return ConfigurationError(f"the advisory database {self._path} is damaged: {error}", hint=_ANEW)

    def _about_packages(self, keys: Sequence[AdvisoryKey], *, every: bool) -> dict[AdvisoryKey, tuple[Advisory, ...]]:
        values: list[int | str | bytes | None] = []
        for number, key in enumerate(keys):
            values += (number, key.ecosystem, key.name, None if every else self._key(key))
        statement = _ASKED.replace("ROWS", ", ".join(["(?, ?, ?, ?)"] * len(keys)))
        found: dict[AdvisoryKey, list[Advisory]] = {}
        rows: list[Any] = self._connection.execute(statement, values).fetchall()
        for number, body in rows:
            found.setdefault(keys[number], []).append(decode_advisory(body))
        return {key: tuple(advisories) for key, advisories in found.items()}

    def _key(self, key: AdvisoryKey) -> bytes | None:
        """The key to filter with; None where the database was built with another order, or the version is none."""
        if key.ecosystem not in self._filters:
            self._filters[key.ecosystem] = self._filter(key.ecosystem)
        scheme = self._filters[key.ecosystem]
        if scheme is None:
            return None
        try:
            found: bytes = scheme.key(key.version)
        except VersionError:
            return None
        return found

    def _filter(self, ecosystem: str) -> Scheme | None:
        """The scheme of an ecosystem, where the database was built with that same order."""
        same = self._schemes.get(ordering(ecosystem)) == self._orders.identity(ecosystem)
        return self._orders.of(ecosystem) if same else None


def _place(key: AdvisoryKey) -> tuple[str, str]:
    return key.ecosystem, key.name


def read_only_uri(path: str) -> str:
    """A path as SQLite takes it for a file that nobody writes, so that nobody locks it."""
    quoted = os.path.abspath(path).replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    return f"file:{quoted}?immutable=1&mode=ro"


def _check(path: str, header: bytes, size: int) -> None:
    """Tell a file that is foreign, old or cut off from a database, in a few bytes.

    The layout of the header is SQLite's (file format, section 1.3).
    """
    pages, schema, application = (int.from_bytes(header[at : at + 4]) for at in (28, 60, 68))
    if not header.startswith(_MAGIC) or application != APPLICATION:
        raise ConfigurationError(f"{path} is no advisory database of Oakum", hint=_HINT)
    if schema > SCHEMA:
        what = f"the advisory database {path} was made by a newer Oakum (form {schema}; this one reads {SCHEMA})"
        raise NewerFormError(what, hint="use the newer Oakum, or another place: --db PATH, or OAKUM_DB")
    if schema != SCHEMA:
        what = f"the advisory database {path} was made by an older Oakum (form {schema}; this one reads {SCHEMA})"
        raise ConfigurationError(what, hint=_HINT)
    page_size = int.from_bytes(header[16:18])
    if size != pages * (1 << 16 if page_size == 1 else page_size):
        raise ConfigurationError(f"the advisory database {path} is cut off", hint=_HINT)
