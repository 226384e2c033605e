"""Windows' form of programs, as far as .NET libraries need it: whether one is managed, and its version resource.

Sources: "PE Format" (Microsoft, revision 11) for headers, sections and the tree of resources; "VS_VERSIONINFO
structure" for what the resource holds; ECMA-335, II.25.3.3 for the header that makes a program a managed one.
"""

import os
import struct
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
"""How many blocks below the first the strings lie: in a table, which lies among tables."""
_KEY: Final = 128
_VALUE: Final = 2 * KIB
"""Bytes of a key and of a value that are looked at; no compiler writes as many."""


class _Section(NamedTuple):
    begin: int
    size: int
    offset: int


class _Block(NamedTuple):
    """A block of a version resource: its key, and where its value, its children and its end lie."""

    key: str
    value: int
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
    data = _at(content, *place)
    root = _block(data, 0, len(data))
    if root is not None:
        _gather(data, root, _DEPTH, found, [_MOST_BLOCKS])
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


def _gather(data: bytes, block: _Block, depth: int, found: dict[str, str], left: list[int]) -> None:
    """Collect the strings so many blocks below a block; ``left`` bounds how many are looked at."""
    at = block.children
    while left[0] > 0 and (inner := _block(data, at, block.end)) is not None:
        left[0] -= 1
        if depth > 1:
            _gather(data, inner, depth - 1, found, left)
        else:
            found.setdefault(inner.key, _text(data[inner.value : inner.children]).strip())
        at = _aligned(inner.end)


def _block(data: bytes, at: int, end: int) -> _Block | None:
    """The block at a place before an end, or None where there is none."""
    key = at + _BLOCK.size
    if key > end:
        return None
    length, size, is_text = _BLOCK.unpack_from(data, at)
    end = min(at + length, end)
    name = _text(data[key : min(key + _KEY, end)])
    value = _aligned(key + 2 * len(name) + 2)  # keys are of the ASCII letters that their format names
    if value > end:
        return None
    return _Block(name, value, _aligned(value + size * (2 if is_text else 1)), end)


def _text(data: bytes) -> str:
    """UTF-16 up to its end."""
    return data[:_VALUE].decode("utf-16-le", "replace").partition("\0")[0]


def _aligned(at: int) -> int:
    return at + -at % 4
