"""The parts of an ELF file that are loaded as writable data (System V ABI, "Program Header").

Build information lies there: where a program has no section headers, Go's own reader looks
nowhere else (debug/buildinfo). Most of a file's bytes need no search then.
"""

import struct
from typing import Final

_MAGIC: Final = b"\x7fELF"
NOWHERE: Final = ((0, 0),)
"""The stretches of a program that is known to have no writable data; of an unknown one there are none at all."""

HEAD_BYTES: Final = 4096
"""How much of a file's beginning holds its program headers, in all but strange files."""

LOAD: Final = 1
"""The type of a program header whose part of the file is loaded."""
_WRITABLE: Final = 2


def writable(head: bytes) -> tuple[tuple[int, int], ...]:
    """Stretches (begin, end) of the file that are loaded as writable data; none when the headers cannot be read."""
    loaded = [header for header in program_headers(head) if header[0] == LOAD and header[1] & _WRITABLE]
    return tuple((begin, begin + length) for _, _, begin, length, _ in loaded)


def program_headers(head: bytes) -> list[tuple[int, int, int, int, int]]:
    """Type, flags, offset, stored size and address of each program header; none when they cannot be read."""
    if not head.startswith(_MAGIC):
        return []
    wide, order = head[4:5] == b"\x02", "<" if head[5:6] == b"\x01" else ">"
    try:
        at, size, count = _table(head, order, wide=wide)
        return [_header(head, at + size * one, order, wide=wide) for one in range(min(count, 64))]
    except (struct.error, OverflowError):  # the table is said to lie beyond the beginning, or beyond any file
        return []


def _table(head: bytes, order: str, *, wide: bool) -> tuple[int, int, int]:
    """Where the program headers begin, how long each is, how many there are."""
    if wide:
        return (*struct.unpack_from(order + "Q", head, 32), *struct.unpack_from(order + "HH", head, 54))
    return (*struct.unpack_from(order + "I", head, 28), *struct.unpack_from(order + "HH", head, 42))


def _header(head: bytes, at: int, order: str, *, wide: bool) -> tuple[int, int, int, int, int]:
    """Type, flags, offset, stored size and address of one program header."""
    if wide:
        kind, flags, begin, address, _, size = struct.unpack_from(order + "IIQQQQ", head, at)
        return kind, flags, begin, size, address
    kind, begin, address, _, size, _, flags = struct.unpack_from(order + "7I", head, at)
    return kind, flags, begin, size, address
