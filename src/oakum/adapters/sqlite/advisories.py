"""The advisory database, read only and shared by any number of processes."""

import os
from collections.abc import Callable, Collection, Mapping
from typing import Final, Self

import apsw

from oakum.adapters.sqlite.advisory_tables import (
    APPLICATION,
    Orders,
    SchemeOf,
    decode_advisory,
    decode_info,
    decode_schemes,
)
from oakum.kit.errors import ConfigurationError
from oakum.model.advisory import Advisory, AdvisoryKey, DatabaseInfo, Exploited
from oakum.model.ecosystems import ordering
from oakum.model.scheme import Scheme, VersionError
from oakum.ports.advisory_writer import SCHEMA

_HINT: Final = "make it anew with `oakum db update --from BASE`"

_PACKAGE: Final = "SELECT id FROM package WHERE ecosystem = ? AND name = ?"
_EVERY: Final = "SELECT body FROM affected WHERE package = ?"
_WITHIN: Final = f"{_EVERY} AND (low IS NULL OR low <= ?) AND (high IS NULL OR high > ?)"
_EXPLOITED: Final = "SELECT kev, epss, percentile FROM exploited WHERE cve = ?"

_FEW: Final = 8
"""Ids up to which looking for their bytes is faster than reading every record."""

_HEADER_BYTES: Final = 100
_MAGIC: Final = b"SQLite format 3\0"


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
        quoted = os.path.abspath(path).replace("%", "%25").replace("?", "%3f").replace("#", "%23")
        flags = apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
        self._begin(path, scheme_of, lambda: apsw.Connection(f"file:{quoted}?immutable=1&mode=ro", flags=flags))

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

    def about(self) -> DatabaseInfo:
        """What the database is made of."""
        return self._info

    def lookup(
        self, keys: Collection[AdvisoryKey], *, every: bool = False
    ) -> Mapping[AdvisoryKey, tuple[Advisory, ...]]:
        """The advisories about each key's package; keys without any are left out.

        Raises:
            ConfigurationError: the database is damaged.
        """
        try:
            found = {key: self._about_package(key, every=every) for key in keys}
        except (apsw.Error, ValueError) as error:
            raise ConfigurationError(f"the advisory database {self._path} is damaged: {error}", hint=_HINT) from error
        return {key: advisories for key, advisories in found.items() if advisories}

    def exploited(self, ids: Collection[str]) -> Mapping[str, Exploited]:
        """KEV and EPSS of the CVE ids that have them.

        Raises:
            ConfigurationError: the database is damaged.
        """
        try:
            rows = {cve: self._connection.execute(_EXPLOITED, (cve,)).fetchone() for cve in ids}
        except apsw.Error as error:
            raise ConfigurationError(f"the advisory database {self._path} is damaged: {error}", hint=_HINT) from error
        return {cve: Exploited(*row) for cve, row in rows.items() if row}

    def by_id(self, ids: Collection[str]) -> tuple[Advisory, ...]:
        """Every record that bears one of these ids, as its own or as an alias.

        An index of all ids would make every database a fifth larger for a question that a person
        asks now and then. So all records are gone through; a few ids are first looked for as bytes.

        Raises:
            ConfigurationError: the database is damaged.
        """
        texts = [one.encode("utf-8", "replace") for one in ids]
        naming = " OR ".join(["instr(body, ?)"] * len(texts)) if len(texts) <= _FEW else "TRUE"
        statement = f"SELECT body FROM affected WHERE {naming or 'FALSE'}"  # noqa: S608 - no word of it is from outside
        wanted = set(ids)
        try:
            rows = self._connection.execute(statement, texts if len(texts) <= _FEW else ())
            records = (decode_advisory(body) for (body,) in rows)
            return tuple(one for one in records if one.id in wanted or not wanted.isdisjoint(one.aliases))
        except (apsw.Error, ValueError) as error:
            raise ConfigurationError(f"the advisory database {self._path} is damaged: {error}", hint=_HINT) from error

    def _about_package(self, key: AdvisoryKey, *, every: bool) -> tuple[Advisory, ...]:
        row = self._connection.execute(_PACKAGE, (key.ecosystem, key.name)).fetchone()
        if row is None:
            return ()
        at = None if every else self._key(key)
        rows = (
            self._connection.execute(_EVERY, row) if at is None else self._connection.execute(_WITHIN, (*row, at, at))
        )
        return tuple([decode_advisory(body) for (body,) in rows])

    def _key(self, key: AdvisoryKey) -> bytes | None:
        """The key to filter with; None where the database was built with another order, or the version is none."""
        scheme = self._orders.of(key.ecosystem)
        if scheme is None or self._schemes.get(ordering(key.ecosystem)) != _identity(scheme):
            return None
        try:
            found: bytes = scheme.key(key.version)
        except VersionError:
            return None
        return found


def _identity(scheme: Scheme) -> tuple[str, int]:
    return scheme.id, scheme.version


def _check(path: str, header: bytes, size: int) -> None:
    """Tell a file that is foreign, old or cut off from a database, in a few bytes.

    The layout of the header is SQLite's (file format, section 1.3).
    """
    pages, schema, application = (int.from_bytes(header[at : at + 4]) for at in (28, 60, 68))
    if not header.startswith(_MAGIC) or application != APPLICATION:
        raise ConfigurationError(f"{path} is no advisory database of Oakum", hint=_HINT)
    if schema != SCHEMA:
        raise ConfigurationError(f"the advisory database {path} has form {schema}; needed is {SCHEMA}", hint=_HINT)
    page_size = int.from_bytes(header[16:18])
    if size != pages * (1 << 16 if page_size == 1 else page_size):
        raise ConfigurationError(f"the advisory database {path} is cut off", hint=_HINT)
