"""Databases of packages: pages of SQLite and its log, NDB, Berkeley DB, and the headers in them."""

import os
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from itertools import islice
from struct import pack, unpack

from bench.fuzz.target import ALONE, Case, Target, single

from oakum.facts import rpm_bdb, rpm_ndb
from oakum.facts.broken import Broken
from oakum.facts.room import Room
from oakum.facts.rpm_header import parse_header
from oakum.facts.sqlite_table import Database
from oakum.facts.sqlite_wal import committed_pages
from oakum.kit.errors import DamagedError, LimitError
from oakum.testing.rpm_databases import bdb, ndb, rpm_header, rpm_package

_BROKEN = (DamagedError, LimitError)
_RECORDS = 300_000
_LOG = "log"


def targets() -> Iterator[Target]:
    """Those of this module."""
    yield Target(
        "rpm-sqlite", _databases, _sqlite, _BROKEN, (b"SQLite format 3\0", b"\r\0\0\0\1", b"\5\0\0\0\1"), _logged
    )
    yield single("rpm-ndb", lambda: [ndb(_HEADERS)], _ndb, _BROKEN, words=(b"Slot", b"BlbS", b"BlbE", b"RpmP"))
    yield single("rpm-bdb", _hashes, _bdb, _BROKEN, words=(b"\1", b"\3\0\0\0", b"\7", b"\r"))
    yield single(
        "rpm-header", _headers, _header, _BROKEN, words=tuple(pack(">I", tag) for tag in (1000, 1117, 1116, 1118))
    )


_HEADERS = [
    rpm_package("zlib", "1.2", "3", epoch=1, requirename=["/bin/sh", "libc"], sourcerpm="zlib-1.2-3.src.rpm"),
    rpm_package("bash", "5", "1", basenames=["sh", "x"], dirindexes=[0, 1], dirnames=["/bin/", "/usr/"]),
    rpm_package("big", "1", "1", providename=[f"capability({number})" for number in range(400)]),
]


def _databases() -> list[Case]:
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "rpmdb.sqlite")
        connection = sqlite3.connect(path)
        connection.execute("PRAGMA page_size=512")
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE Packages (hnum INTEGER PRIMARY KEY AUTOINCREMENT, blob BLOB NOT NULL)")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.executemany("INSERT INTO Packages (blob) VALUES (?)", [(header,) for header in _HEADERS * 3])
        connection.commit()
        case = {ALONE: _read(path), _LOG: _read(path + "-wal")}
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        whole = {ALONE: _read(path), _LOG: b""}
        connection.close()
    return [case, whole]


def _read(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def _logged(case: Case) -> Case:
    """A log whose sums hold again, frame by frame (section 4.2 of the format)."""
    log = bytearray(case[_LOG])
    if len(log) < 32:  # noqa: PLR2004 - the header of a log
        return case
    size = min(65_536, max(512, int.from_bytes(log[8:12], "big"))) & ~7
    order = ">" if log[3] & 1 else "<"
    sums = _sum(bytes(log[:24]), order, (0, 0))
    log[24:32] = pack(">2I", *sums)
    for at in range(32, len(log) - 24 - size + 1, 24 + size):
        sums = _sum(bytes(log[at + 24 : at + 24 + size]), order, _sum(bytes(log[at : at + 8]), order, sums))
        log[at + 8 : at + 24] = log[16:24] + pack(">2I", *sums)
    return {**case, _LOG: bytes(log)}


def _sum(data: bytes, order: str, start: tuple[int, int]) -> tuple[int, int]:
    first, second = start
    words = unpack(f"{order}{len(data) // 4}I", data)
    for even, odd in zip(words[::2], words[1::2], strict=True):
        first = (first + even + second) & 0xFFFFFFFF
        second = (second + odd + first) & 0xFFFFFFFF
    return first, second


def _sqlite(case: Case) -> object:
    data, log = case[ALONE], case[_LOG]
    return _told(Database(data, committed_pages(log)).blobs("Packages", 1), 2 * (len(data) + len(log)))


def _ndb(data: bytes) -> object:
    return _told(rpm_ndb.headers(data), 2 * len(data))


def _hashes() -> list[bytes]:
    return [bdb(_HEADERS), bdb(_HEADERS, order=">", page=512)]


def _bdb(data: bytes) -> object:
    return _told(rpm_bdb.headers(data), 2 * len(data))


def _told(records: Iterable[bytes | Broken], most: int) -> object:
    """What a reader gives: an end, and not more bytes than there are in the file."""
    found = list(islice(records, _RECORDS))
    size = sum(len(one) for one in found if isinstance(one, bytes))
    if size > most + 65_536:
        raise AssertionError("the reader gives more bytes than the file has")
    said = {one.what for one in found if isinstance(one, Broken)}
    return sorted(said), len(found), size.bit_length()


def _headers() -> list[bytes]:
    return [*_HEADERS, rpm_header(name="old", version="1", release="1", oldfilenames=["/bin/x", "/etc/y"])]


def _header(data: bytes) -> object:
    room = Room()
    header = parse_header(data, room)
    return header, room.values.bit_length()
