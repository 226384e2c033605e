"""Windows' form of programs, as far as .NET libraries need it: whether one is managed, and its version resource.

Sources: "PE Format" (Microsoft, revision 11) for headers, sections and the tree of resources; "VS_VERSIONINFO
structure" for what the resource holds; ECMA-335, II.25.3.3 for the header that makes a program a managed one.
"""

import os
import struct
from collections.abc import Iterator
from typing import BinaryIO, Final, NamedTuple

from oakum.kit.errors import DamagedError
from oakum.kit.limits import KIB

_MAGIC: Final = b"MZ"
_HEAD: Final = 4 * KIB
_RESOURCE: Final = 256 * KIB
"""The largest version resource that is read; common ones have one."""

_DIRECTORIES: Final = {0x10B: 96, 0x20B: 112}
"""Where the data directories begin in the optional header, by its magic (PE32, PE32+)."""
_OF_RESOURCES: Final = 2
_OF_RUNTIME: Final = 14
_SECTION: Final = struct.Struct("<8xIIII16x")
_MOST_SECTIONS: Final = 96
_ENTRY: Final = struct.Struct("<II")
_VERSIONS: Final = 16
_BELOW: Final = 0x80000000
_BLOCK: Final = struct.Struct("<HHH")
_MOST_BLOCKS: Final = 1_000
_DEPTH: Final = 3
"""Tables of strings lie two blocks deep, their strings three."""


class _Section(NamedTuple):
    begin: int
    size: int
    offset: int


class _Block(NamedTuple):
    """A block of a version resource: its key, its value, and where its children lie."""

    key: str
    value: bytes
    children: int
    end: int


def version_strings(content: BinaryIO) -> dict[str, str] | None:
    """What the version resource of a managed library says, by its keys; None where it is no managed library.

    Of several languages the first that has a key counts.

    Raises:
        DamagedError: it says to be a program and is cut off.
    """
    head = content.read(_HEAD)
    if not head.startswith(_MAGIC):
        return None
    try:
        return _version_strings(content, head)
    except struct.error:
        raise DamagedError("the program is cut off") from None


def _version_strings(content: BinaryIO, head: bytes) -> dict[str, str] | None:
    at = struct.unpack_from("<I", head, 0x3C)[0]
    if head[at : at + 4] != b"PE\0\0":
        return None  # of MS-DOS, or for OS/2
    count, optional = struct.unpack_from("<H", head, at + 6)[0], struct.unpack_from("<H", head, at + 20)[0]
    begin = at + 24
    directories = _DIRECTORIES.get(struct.unpack_from("<H", head, begin)[0])
    if directories is None:
        return None
    directories += begin
    held = struct.unpack_from("<I", head, directories - 4)[0]
    if held <= _OF_RUNTIME or not _ENTRY.unpack_from(head, directories + 8 * _OF_RUNTIME)[0]:
        return None
    resources = _ENTRY.unpack_from(head, directories + 8 * _OF_RESOURCES)[0]
    first = begin + optional
    fields = (_SECTION.unpack_from(head, first + 40 * number) for number in range(min(count, _MOST_SECTIONS)))
    sections = [_Section(start, max(size, stored), offset) for size, start, stored, offset in fields]
    place = _find(content, sections, resources) if resources else None
    if place is None:
        return {}
    found: dict[str, str] = {}
    _gather(_at(content, *place), 0, _DEPTH, found, [_MOST_BLOCKS])
    return found


def _offset(sections: list[_Section], address: int) -> int:
    """Where an address of the loaded program lies in the file."""
    for section in sections:
        if section.begin <= address < section.begin + section.size:
            return section.offset + address - section.begin
    raise DamagedError("the program names a place that it does not have")


def _at(content: BinaryIO, offset: int, size: int) -> bytes:
    content.seek(offset, os.SEEK_SET)
    return content.read(min(size, _RESOURCE))


def _find(content: BinaryIO, sections: list[_Section], resources: int) -> tuple[int, int] | None:
    """Place and size of the first version resource: by type, then by name, then by language."""
    root = _offset(sections, resources)
    at = _below(content, root, 0, _VERSIONS)
    for _ in range(2):
        if at is None or not at & _BELOW:
            return None
        at = _below(content, root, at & ~_BELOW, None)
    if at is None or at & _BELOW:
        return None
    address, size = _ENTRY.unpack_from(_at(content, root + at, 16))
    return _offset(sections, address), size


def _below(content: BinaryIO, root: int, at: int, wanted: int | None) -> int | None:
    """Where an entry of a directory leads: that with a number, or the first."""
    named, numbered = struct.unpack_from("<12xHH", _at(content, root + at, 16))
    entries = _at(content, root + at + 16, 8 * (named + numbered))
    for name, place in _ENTRY.iter_unpack(entries[: len(entries) // 8 * 8]):
        if wanted is None or name == wanted:
            return int(place)
    return None


def _gather(data: bytes, at: int, depth: int, found: dict[str, str], left: list[int]) -> None:
    """Collect the strings below a block."""
    block = _block(data, at, len(data))
    if block is None:
        return
    if not depth:
        found.setdefault(block.key, _text(block.value))
        return
    child = block.children
    while child < block.end and left[0] > 0:
        left[0] -= 1
        inner = _block(data, child, block.end)
        if inner is None:
            return
        if inner.key != "VarFileInfo":
            _gather(data[: inner.end], child, depth - 1, found, left)
        child = _aligned(inner.end)


def _block(data: bytes, at: int, end: int) -> _Block | None:
    """The block at a place, or None where there is none."""
    if at + _BLOCK.size > end:
        return None
    length, size, is_text = _BLOCK.unpack_from(data, at)
    end = min(at + length, end)
    key = _until_nul(data[at + _BLOCK.size : end])
    value = _aligned(at + _BLOCK.size + len(key) + 2)
    if length <= _BLOCK.size or value > end:
        return None if length <= _BLOCK.size else _Block(_text(key), b"", end, end)
    after = value + size * (2 if is_text else 1)
    return _Block(_text(key), data[value : min(after, end)], _aligned(after), end)


def _until_nul(data: bytes) -> bytes:
    """UTF-16 up to its end."""
    for at in _pairs(data):
        if data[at : at + 2] == b"\0\0":
            return data[:at]
    return data[: len(data) // 2 * 2]


def _pairs(data: bytes) -> Iterator[int]:
    return iter(range(0, len(data) - 1, 2))


def _text(data: bytes) -> str:
    return _until_nul(data).decode("utf-16-le", "replace").strip()


def _aligned(at: int) -> int:
    return at + -at % 4
