"""The parts of an ELF file, by its program headers (System V ABI, "Program Header").

Build information lies in what is loaded as writable data: where a program has no section headers, Go's own
reader looks nowhere else (debug/buildinfo). Most of a file's bytes need no search then.
"""

import struct
from collections.abc import Iterable, Sequence
from typing import Final

_MAGIC: Final = b"\x7fELF"
NOWHERE: Final = ((0, 0),)
"""The stretches of a program that is known to have no writable data; of an unknown one there are none at all."""

HEAD_BYTES: Final = 4096
"""How much of a file's beginning holds its program headers, in all but strange files."""

LOAD: Final = 1
"""The type of a program header whose part of the file is loaded."""
_NOTE_LITTLE: Final = (4).to_bytes(4, "little")
_NOTE_BIG: Final = (4).to_bytes(4, "big")
_WRITABLE: Final = 2
_MOST: Final = 64

_WIDE: Final = {order: struct.Struct(order + "IIQQQQ") for order in "<>"}
_WIDE_TABLE: Final = {order: struct.Struct(order + "32xQ14xHH") for order in "<>"}
_WIDE_STRETCH: Final = {order: struct.Struct(order + "8xQ16xQ") for order in "<>"}
_NARROW: Final = {order: struct.Struct(order + "7I") for order in "<>"}
_NARROW_STRETCH: Final = {order: struct.Struct(order + "4xI8xI") for order in "<>"}
_NARROW_TABLE: Final = {order: struct.Struct(order + "28xI10xHH") for order in "<>"}


def writable(head: bytes) -> tuple[tuple[int, int], ...]:
    """Stretches (begin, end) of the file that are loaded as writable data; none when the headers cannot be read."""
    loaded = [header for header in program_headers(head) if header[0] == LOAD and header[1] & _WRITABLE]
    return tuple((begin, begin + length) for _, _, begin, length, _ in loaded)


def noted(head: bytes) -> tuple[tuple[int, int], ...]:
    """Stretches (begin, end) of the file that hold notes; none when the headers cannot be read.

    This is asked of every program, so no other header is taken apart.
    """
    kind = _NOTE_LITTLE if head[5:6] == b"\x01" else _NOTE_BIG
    read = (_WIDE_STRETCH if head[4:5] == b"\x02" else _NARROW_STRETCH)[_order(head)].unpack_from
    try:
        found = [read(head, place) for place in _places(head) if head.startswith(kind, place)]
    except (struct.error, OverflowError):
        return ()
    return tuple([(begin, begin + length) for begin, length in found])


def program_headers(head: bytes) -> list[tuple[int, int, int, int, int]]:
    """Type, flags, offset, stored size and address of each program header; none when they cannot be read."""
    if not head.startswith(_MAGIC):
        return []
    try:
        return _headers(head, _places(head))
    except (struct.error, OverflowError):  # the table is said to lie beyond the beginning, or beyond any file
        return []


def _order(head: bytes) -> str:
    return "<" if head[5:6] == b"\x01" else ">"


def _places(head: bytes) -> Sequence[int]:
    """Where each program header begins."""
    at, size, count = (_WIDE_TABLE if head[4:5] == b"\x02" else _NARROW_TABLE)[_order(head)].unpack_from(head)
    return range(at, at + size * min(count, _MOST), size) if size else [at] * min(count, _MOST)


def _headers(head: bytes, places: Iterable[int]) -> list[tuple[int, int, int, int, int]]:
    if head[4:5] == b"\x02":
        read = _WIDE[_order(head)].unpack_from
        wide = [read(head, place) for place in places]
        return [(kind, flags, begin, length, address) for kind, flags, begin, address, _, length in wide]
    read = _NARROW[_order(head)].unpack_from
    narrow = [read(head, place) for place in places]
    return [(kind, flags, begin, length, address) for kind, begin, address, _, length, _, flags in narrow]
