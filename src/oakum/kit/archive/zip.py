"""A reader of zip archives for hostile input: it trusts the directory at the end, and reads only what is asked for.

The standard library builds an object for every entry before the first one can be asked
for; a scan wants three of thousands, so the directory is walked once for the wanted names.
"""

import io
import re
import struct
import zlib
from typing import BinaryIO, Final

from msgspec import Struct

from oakum.kit import limits
from oakum.kit.errors import DamagedError, LimitError

_END: Final = struct.Struct("<4s4H2LH")
_END64: Final = struct.Struct("<4sQ2H2L4Q")
_LOCATOR: Final = struct.Struct("<4sLQL")
_LOCAL: Final = struct.Struct("<4s5H3L2H")
_RECORD: Final = struct.Struct("<4s6H3L5H2L")
_LENGTHS: Final = struct.Struct("<4s24x3H")
_STORED, _DEFLATED = 0, 8
_SIGNATURE: Final = b"PK\x01\x02"
_ENCRYPTED: Final = 0x1
_NOT_HERE: Final = 0xFFFFFFFF
_MANY: Final = 0xFFFF
_COMMENT: Final = 0xFFFF
_DIRECTORY_BYTES: Final = limits.ARCHIVE_ENTRIES * 512


class Entry(Struct, frozen=True):
    """One wanted entry of an archive.

    Attributes:
        name: as written.
        method: how it is packed.
        encrypted: whether a password is needed.
        packed: stored size in bytes.
        size: unpacked size in bytes, as the directory claims it.
        crc: CRC-32 of the content.
        offset: where its local header begins in the file.
    """

    name: str
    method: int
    encrypted: bool
    packed: int
    size: int
    crc: int
    offset: int


def wanted_entries(file: BinaryIO, suffixes: tuple[bytes, ...]) -> list[Entry]:
    """The entries whose name ends in one of the suffixes, in the order of the directory.

    Raises:
        DamagedError: this is no zip, or its directory is broken.
        LimitError: the directory has more entries than any honest one.
    """
    directory, shift = _directory(file)
    end = len(directory)
    lengths, ends_with = _LENGTHS.unpack_from, directory.endswith  # looked up once: honest jars have 50,000 entries
    entries = []
    at = 0
    for _ in range(limits.ARCHIVE_ENTRIES):
        name_at = at + _RECORD.size
        if name_at > end:
            break
        signature, name_length, extra, comment = lengths(directory, at)
        if signature != _SIGNATURE:
            raise DamagedError("the directory of the archive is broken")
        at = name_at + name_length
        if ends_with(suffixes, name_at, at):
            entries.append(_entry(directory, name_at - _RECORD.size, directory[name_at:at], shift))
        at += extra + comment
    if at + _RECORD.size <= end:
        raise LimitError(f"the archive has more than {limits.ARCHIVE_ENTRIES} entries")
    if at != end:
        raise DamagedError("the directory of the archive is cut off")
    return entries


def has_entry(file: BinaryIO, prefix: bytes, suffix: bytes) -> bool:
    """Whether the name of some entry begins and ends so; its record is looked for, not walked to.

    Raises:
        DamagedError: this is no zip, or its directory is not where its end says.
        LimitError: the directory is larger than any honest one.
    """
    directory, _ = _directory(file)
    fields = b".{%d}" % (_RECORD.size - len(_SIGNATURE))
    for found in re.finditer(re.escape(_SIGNATURE) + fields + re.escape(prefix), directory, re.DOTALL):
        at = found.start() + _RECORD.size
        length = int.from_bytes(directory[at - 18 : at - 16], "little")
        if directory.endswith(suffix, at, at + length):
            return True
    return False


def read_entry(file: BinaryIO, entry: Entry, limit: int, *, whole: bool = True) -> bytes:
    """The content of an entry, or with ``whole=False`` its first ``limit`` bytes.

    Raises:
        DamagedError: it is encrypted, packed in an unknown way, cut off, or not what its checksum says.
        LimitError: it is larger than ``limit``.
    """
    if entry.encrypted or entry.method not in {_STORED, _DEFLATED}:
        raise DamagedError("an entry of the archive is encrypted or packed in a way that is not read")
    if whole and entry.size > limit:
        raise LimitError(f"an entry of the archive is larger than {limit} bytes")
    file.seek(_content_start(file, entry))
    packed = file.read(min(entry.packed, limit + (limit >> 3) + limits.KIB))
    data = _unpacked(packed, entry, min(entry.size, limit) + 1 if whole else limit)  # no more than is claimed
    if not whole:
        return data
    if len(data) != entry.size or zlib.crc32(data) != entry.crc:
        raise DamagedError("an entry of the archive is damaged")
    return data


def _unpacked(packed: bytes, entry: Entry, most: int) -> bytes:
    if entry.method == _STORED:
        return packed[:most]
    try:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, most)
    except zlib.error as error:
        raise DamagedError("an entry of the archive is damaged") from error


def _content_start(file: BinaryIO, entry: Entry) -> int:
    file.seek(entry.offset)
    header = file.read(_LOCAL.size)
    if len(header) < _LOCAL.size or not header.startswith(b"PK\x03\x04"):
        raise DamagedError("an entry of the archive is not where the directory says")
    fields = _LOCAL.unpack(header)
    return entry.offset + _LOCAL.size + int(fields[9]) + int(fields[10])


def _directory(file: BinaryIO) -> tuple[bytes, int]:
    """The bytes of the directory, and how far all offsets are shifted (a program may stand before the archive)."""
    size = file.seek(0, io.SEEK_END)
    start = max(0, size - _END.size - _COMMENT)
    file.seek(start)
    tail = file.read(_END.size + _COMMENT)
    found = tail.rfind(b"PK\x05\x06")
    if found < 0 or found + _END.size > len(tail):
        raise DamagedError("the file is no zip archive, or its end is missing")
    fields = _END.unpack_from(tail, found)
    length, offset, end = int(fields[5]), int(fields[6]), start + found
    if _NOT_HERE in {length, offset} or fields[4] == _MANY:
        length, offset, end = _large(file, end) or (length, offset, end)
    shift = end - length - offset
    if length > _DIRECTORY_BYTES:
        raise LimitError("the directory of the archive is too large")
    if shift < 0:
        raise DamagedError("the directory of the archive is not where its end says")
    file.seek(end - length)
    return file.read(length), shift


def _large(file: BinaryIO, end: int) -> tuple[int, int, int] | None:
    """Length, offset and end of the directory as the zip64 records say them, where there are any."""
    file.seek(max(0, end - _LOCATOR.size))
    locator = file.read(_LOCATOR.size)
    if len(locator) < _LOCATOR.size or not locator.startswith(b"PK\x06\x07"):
        return None
    at = end - _LOCATOR.size - _END64.size
    file.seek(max(0, at))
    record = file.read(_END64.size)
    if at < 0 or len(record) < _END64.size or not record.startswith(b"PK\x06\x06"):
        raise DamagedError("the directory of the archive is not where its end says")
    fields = _END64.unpack(record)
    return int(fields[8]), int(fields[9]), at


def _entry(directory: bytes, at: int, name: bytes, shift: int) -> Entry:
    fields = _RECORD.unpack_from(directory, at)
    flags, method, crc, packed, size, offset = fields[3], fields[4], fields[7], fields[8], fields[9], fields[16]
    extra = directory[at + 46 + len(name) : at + 46 + len(name) + fields[11]]
    size, packed, offset = _widened(extra, [size, packed, offset])
    return Entry(
        name=name.decode("utf-8", "replace"),
        method=method,
        encrypted=bool(flags & _ENCRYPTED),
        packed=packed,
        size=size,
        crc=crc,
        offset=offset + shift,
    )


def _widened(extra: bytes, numbers: list[int]) -> list[int]:
    """The numbers with those that did not fit into 32 bits taken from the zip64 field (APPNOTE 4.5.3)."""
    if _NOT_HERE not in numbers:
        return numbers
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        if kind == 1:
            field = extra[at + 4 : at + 4 + length]
            wide = iter(struct.unpack(f"<{len(field) // 8}Q", field[: len(field) // 8 * 8]))
            return [next(wide, number) if number == _NOT_HERE else number for number in numbers]
        at += 4 + length
    return numbers
