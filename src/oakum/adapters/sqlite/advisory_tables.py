"""The tables of an advisory database, and what its first bytes must say.

The format is this file together with the order of the fields of ``Advisory`` and
``DatabaseInfo``: whoever changes one of them raises
``ports.advisory_writer.SCHEMA``, which is the file's ``user_version``.
"""

from collections.abc import Callable
from typing import Final

import msgspec

from oakum.model.advisory import Advisory, DatabaseInfo
from oakum.model.ecosystems import ordering
from oakum.model.scheme import Scheme

APPLICATION: Final = 0x4F414B41
"""``application_id`` of the file: ``OAKA``."""

TABLES: Final = """
CREATE TABLE package (id INTEGER PRIMARY KEY, ecosystem TEXT NOT NULL, name TEXT NOT NULL, UNIQUE (ecosystem, name));
CREATE TABLE affected (
    package INTEGER NOT NULL, number INTEGER NOT NULL, low BLOB, high BLOB, body BLOB NOT NULL,
    PRIMARY KEY (package, number)
) WITHOUT ROWID;
CREATE TABLE exploited (cve TEXT PRIMARY KEY, kev TEXT NOT NULL, epss REAL, percentile REAL) WITHOUT ROWID;
CREATE TABLE meta (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
"""

SchemeOf = Callable[[str], Scheme | None]
"""Ecosystem -> its version scheme; a flow hands it in."""

encode: Final = msgspec.msgpack.Encoder().encode
decode_advisory: Final = msgspec.msgpack.Decoder(Advisory).decode
decode_info: Final = msgspec.msgpack.Decoder(DatabaseInfo).decode
decode_schemes: Final = msgspec.msgpack.Decoder(dict[str, tuple[str, int]]).decode


class Orders:
    """The version schemes whose keys a database can compare, asked for once per ecosystem."""

    def __init__(self, scheme_of: SchemeOf) -> None:
        """Ask nothing yet."""
        self._scheme_of = scheme_of
        self._known: dict[str, Scheme | None] = {}

    def of(self, ecosystem: str) -> Scheme | None:
        """The ecosystem's scheme, or None where a database cannot compare its keys."""
        family = ordering(ecosystem)
        if family not in self._known:
            scheme = self._scheme_of(family)
            self._known[family] = scheme if scheme is not None and scheme.memcmp else None
        return self._known[family]

    def used(self) -> dict[str, tuple[str, int]]:
        """The schemes that were given: ecosystem without release -> id and version."""
        return {family: (scheme.id, scheme.version) for family, scheme in self._known.items() if scheme}
