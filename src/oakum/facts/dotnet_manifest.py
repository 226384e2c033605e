"""The manifest of a .NET program that was published as one file: what is inside and where.

The program (dotnet/runtime, "apphost") has a placeholder of forty bytes in its data: the place of the manifest, which
is zero where nothing was put behind the program, then a fixed signature. The manifest (Microsoft.NET.HostModel,
"Bundle Header"; all numbers in little endian): major and minor version, number of files, an id; since version 2
(.NET 5) place and size of the list of libraries and of the configuration, and flags; then for each file place, size,
since version 6 (.NET 6) the compressed size or zero, a type, its path. Texts have their length before them, seven bits
in a byte. A compressed file is a raw deflate stream; the list and the configuration never are.
"""

import os
import struct
import zlib
from typing import BinaryIO, Final

from msgspec import Struct

from oakum.kit.errors import DamagedError, LimitError, UnreadableError
from oakum.kit.limits import ARCHIVE_ENTRIES, FILE_BYTES, MIB, NAME_BYTES

SIGNATURE: Final = bytes.fromhex("8b1202b96a612038727b930214d7a03213f5b9e6efae3318ee3b2dce24b36aae")
PLACE: Final = struct.Struct("<q")
"""The place of the manifest, right before the signature."""

_START: Final = struct.Struct("<IIi")
_MORE: Final = struct.Struct("<qqqqQ")
_MANIFEST_BYTES: Final = 16 * MIB
"""What is read of a manifest; one of a thousand files has some 100 KiB."""

_VERSIONS: Final = {1: struct.Struct("<qqB"), 2: struct.Struct("<qqB"), 6: struct.Struct("<qqqB")}
"""The beginning of a file's entry, by the major version; .NET Core 3, .NET 5, .NET 6 and later write them."""

_WITH_PLACES: Final = 2
_LAST_VERSION: Final = 255
"""No version that will ever be is larger; what is, is no manifest."""

_LIST: Final = ".deps.json"
_CONFIGURATION: Final = ".runtimeconfig.json"


class Inner(Struct, frozen=True):
    """One file inside; ``packed`` is its compressed size, or zero."""

    path: str
    begin: int
    size: int
    packed: int = 0


class Manifest(Struct, frozen=True):
    """What is inside: the lists of libraries, the configurations, and all files (these two among them)."""

    lists: tuple[Inner, ...]
    configurations: tuple[Inner, ...]
    files: tuple[Inner, ...]


def manifest_at(content: BinaryIO, place: int) -> Manifest | None:
    """The manifest at a place of the program; None where none begins there.

    Raises:
        UnreadableError: it is of a version that is not known.
        DamagedError: it is cut off.
        LimitError: it is larger than any honest one.
    """
    content.seek(place, os.SEEK_SET)
    data = content.read(_MANIFEST_BYTES)
    if len(data) < _START.size:
        return None
    major, minor, count = _START.unpack_from(data)
    if not (0 < major <= _LAST_VERSION and minor <= _LAST_VERSION and count > 0):
        return None
    if major not in _VERSIONS:
        raise UnreadableError(f"is a .NET program in one file, of a form that is not known ({major}.{minor})")
    if count > ARCHIVE_ENTRIES:
        raise LimitError(f"it holds more than {ARCHIVE_ENTRIES} files")
    try:
        return _manifest(data, major, count)
    except (struct.error, IndexError):
        if len(data) == _MANIFEST_BYTES:
            raise LimitError(f"its manifest is longer than {_MANIFEST_BYTES} bytes") from None
        raise DamagedError("its manifest is cut off") from None


def inner(content: BinaryIO, file: Inner) -> bytes:
    """What a file inside holds.

    Raises:
        DamagedError: it lies beyond the end, or cannot be unpacked.
        LimitError: it is larger than what is read.
    """
    stored = file.packed or file.size
    if max(stored, file.size) > FILE_BYTES:
        raise LimitError(f"{file.path[:200]} is larger ({file.size} bytes) than what is read")
    if file.begin < 0 or stored < 0 or file.size < 0:
        raise DamagedError(f"{file.path[:200]} lies nowhere")
    content.seek(file.begin, os.SEEK_SET)
    data = content.read(stored)
    if len(data) == stored and file.packed:
        data = _unpacked(data, file)
    if len(data) < file.size:
        raise DamagedError(f"{file.path[:200]} is cut off")
    return data


def _unpacked(data: bytes, file: Inner) -> bytes:
    try:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(data, file.size + 1)
    except zlib.error as error:
        raise DamagedError(f"{file.path[:200]} cannot be unpacked ({error})") from None


def _manifest(data: bytes, major: int, count: int) -> Manifest:
    at = _after_text(data, _START.size)[1]
    lists: tuple[Inner, ...] = ()
    configurations: tuple[Inner, ...] = ()
    if major >= _WITH_PLACES:
        places = _MORE.unpack_from(data, at)
        at += _MORE.size
        lists = (Inner(_LIST, places[0], places[1]),) if places[1] else ()
        configurations = (Inner(_CONFIGURATION, places[2], places[3]),) if places[3] else ()
    form, files = _VERSIONS[major], []
    for _ in range(count):
        begin, size, *packed, _ = form.unpack_from(data, at)
        path, at = _after_text(data, at + form.size)
        files.append(Inner(path, begin, size, *packed))
    if major < _WITH_PLACES:
        lists = tuple(one for one in files if one.path.endswith(_LIST) and "/" not in one.path)
        configurations = tuple(one for one in files if one.path.endswith(_CONFIGURATION) and "/" not in one.path)
    return Manifest(lists, configurations, tuple(files))


def _after_text(data: bytes, at: int) -> tuple[str, int]:
    """A text with its length before it, and where it ends."""
    length = shift = 0
    while True:
        byte = data[at]
        length |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if length > NAME_BYTES:
            raise LimitError(f"it has a name of more than {NAME_BYTES} bytes")
        if byte < 0x80:  # noqa: PLR2004 - the last byte of such a number has no high bit
            break
        if shift > 28:  # noqa: PLR2004 - which no number of 32 bits needs
            raise DamagedError("its manifest has a length without end")
    if at + length > len(data):
        raise IndexError
    return data[at : at + length].decode("utf-8", "replace"), at + length
