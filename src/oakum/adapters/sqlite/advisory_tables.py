"""The tables of an advisory database, and what its first bytes must say.

The format is this file together with the order of the fields of ``Advisory``, ``CveRecord`` and
``DatabaseInfo``: whoever changes one of them raises
``ports.advisory_writer.SCHEMA``, which is the file's ``user_version``.
"""

import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Final

import msgspec

from oakum.model.advisory import Advisory, DatabaseInfo
from oakum.model.cve import CveRecord
from oakum.model.ecosystems import ordering
from oakum.model.scheme import Scheme

APPLICATION: Final = 0x4F414B41
"""``application_id`` of the file: ``OAKA``."""

TABLES: Final = """
CREATE TABLE source (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, first INTEGER NOT NULL);
CREATE TABLE package (
    id INTEGER PRIMARY KEY, ecosystem TEXT NOT NULL, name TEXT NOT NULL, source INTEGER NOT NULL,
    UNIQUE (ecosystem, name, source)
);
CREATE TABLE affected (
    package INTEGER NOT NULL, number INTEGER NOT NULL, low BLOB, high BLOB, body BLOB NOT NULL,
    PRIMARY KEY (package, number)
) WITHOUT ROWID;
CREATE TABLE named (
    hash INTEGER NOT NULL, source INTEGER NOT NULL, packages BLOB NOT NULL, PRIMARY KEY (hash, source)
) WITHOUT ROWID;
CREATE TABLE exploited (
    cve TEXT NOT NULL, source INTEGER NOT NULL, kev TEXT NOT NULL, epss REAL, percentile REAL,
    PRIMARY KEY (cve, source)
) WITHOUT ROWID;
CREATE TABLE cve (
    cve TEXT NOT NULL, source INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY (cve, source)
) WITHOUT ROWID;
CREATE TABLE meta (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
"""
"""Everything of one source can be told from the rest, so that one source can be renewed alone."""

SchemeOf = Callable[[str], Scheme | None]
"""Ecosystem -> its version scheme; a flow hands it in."""

encode: Final = msgspec.msgpack.Encoder().encode
decode_advisory: Final = msgspec.msgpack.Decoder(Advisory).decode
decode_cve: Final = msgspec.msgpack.Decoder(CveRecord).decode
decode_info: Final = msgspec.msgpack.Decoder(DatabaseInfo).decode
decode_schemes: Final = msgspec.msgpack.Decoder(dict[str, tuple[str, int]]).decode


_MORE: Final = 0x80
_SEVEN: Final = 0x7F


def name_hash(name: str) -> int:
    """What an id is looked up by; ids that share one are told apart by the records themselves."""
    return zlib.crc32(name.encode("utf-8", "replace"))


def pack_numbers(numbers: Iterable[int]) -> bytes:
    """Rising numbers as the steps between them, seven bits a byte, the highest bit where a step goes on."""
    packed = bytearray()
    last = 0
    for number in numbers:
        step, last = number - last, number
        while step > _SEVEN:
            packed.append(step & _SEVEN | _MORE)
            step >>= 7
        packed.append(step)
    return bytes(packed)


def unpack_numbers(packed: bytes) -> Iterator[int]:
    """The numbers again."""
    last = step = shift = 0
    for byte in packed:
        step |= (byte & _SEVEN) << shift
        shift += 7
        if byte <= _SEVEN:
            last += step
            yield last
            step = shift = 0


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

    def identity(self, ecosystem: str) -> tuple[str, int] | None:
        """Id and version of the ecosystem's scheme, or None where a database cannot compare its keys."""
        scheme = self.of(ecosystem)
        return None if scheme is None else (scheme.id, scheme.version)

    def used(self) -> dict[str, tuple[str, int]]:
        """The schemes that were given: ecosystem without release -> id and version."""
        return {family: (scheme.id, scheme.version) for family, scheme in self._known.items() if scheme}
