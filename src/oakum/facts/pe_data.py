"""The parts of a Windows program that are loaded as writable data ("PE Format", "Section Table").

What a tool writes into a finished program lies there; most libraries of .NET have no such part, and need no search.
"""

import struct
from typing import Final

from oakum.facts.elf import NOWHERE

MAGIC: Final = b"MZ"
_SECTION: Final = struct.Struct("<16xII12xI")
_WRITABLE: Final = 0x80000000
_MOST_SECTIONS: Final = 96


def writable(head: bytes) -> tuple[tuple[int, int], ...]:
    """Stretches (begin, end) of the file that are loaded as writable data; none when the headers cannot be read.

    A managed library has no such data: then they are ``NOWHERE``, and so are they in a program that is none of PE.
    """
    try:
        at = struct.unpack_from("<I", head, 0x3C)[0]
        if at + 24 <= len(head) and head[at : at + 4] != b"PE\0\0":
            return NOWHERE
        count, optional = struct.unpack_from("<H", head, at + 6)[0], struct.unpack_from("<H", head, at + 20)[0]
        first = at + 24 + optional
        fields = [_SECTION.unpack_from(head, first + 40 * number) for number in range(min(count, _MOST_SECTIONS))]
    except struct.error:
        return ()
    return tuple((begin, begin + size) for size, begin, flags in fields if flags & _WRITABLE) or NOWHERE
