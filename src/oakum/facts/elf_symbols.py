"""What the symbols of an ELF program stand for (System V ABI, "Symbol Table").

Programs that are linked export symbols in a table that stays when they are stripped (``.dynsym``); older tools leave
some in the table that does not (``.symtab``).
"""

import struct
from collections.abc import Collection, Iterator
from typing import BinaryIO, Final

from oakum.facts.elf import HEAD_BYTES, LOAD, program_headers
from oakum.kit.limits import MIB

_DYNAMIC: Final = 11
_PLAIN: Final = 2
_MOST_SECTIONS: Final = 4_096
_TABLE_BYTES: Final = 64 * MIB
"""A table of two million symbols; the longer table of a program that is not stripped is not looked at."""
_MOST_NAMES: Final = 1_000

_Section = tuple[int, int, int, int]
"""Type, offset, size, and the number of the section that goes with it."""


class Program:
    """One ELF program that can be read anywhere."""

    def __init__(self, file: BinaryIO) -> None:
        """Read its headers."""
        self._file = file
        head = self.read(0, HEAD_BYTES)
        self.wide, self.order = head[4:5] == b"\x02", "<" if head[5:6] == b"\x01" else ">"
        self._loaded = [header for header in program_headers(head) if header[0] == LOAD]
        self._sections = self._table(head)

    def read(self, begin: int, length: int) -> bytes:
        """A stretch of the file; fewer bytes where it ends before."""
        if not 0 <= begin < 1 << 62:
            return b""
        self._file.seek(begin)
        return self._file.read(length)

    def at(self, address: int, length: int) -> bytes:
        """What is loaded at an address; fewer bytes, or none, where the file holds no more of it."""
        for _, _, begin, size, start in self._loaded:
            if start <= address < start + size:
                return self.read(begin + address - start, min(length, start + size - address))
        return b""

    def word(self, address: int) -> int | None:
        """The number at an address, as long as an address is."""
        held = self.at(address, 8 if self.wide else 4)
        return int.from_bytes(held, "little" if self.order == "<" else "big") if len(held) in (4, 8) else None

    def symbols(self, names: Collection[str]) -> dict[str, int]:
        """The addresses of the symbols of these names, from the first table that has all of them."""
        found: dict[str, int] = {}
        for kind in (_DYNAMIC, _PLAIN):
            for section in self._sections:
                if section[0] == kind and len(found) < len(names):
                    found = dict(self._among(section, names)) or found
        return found

    def _among(self, section: _Section, names: Collection[str]) -> Iterator[tuple[str, int]]:
        _, begin, size, link = section
        if link >= len(self._sections) or size > _TABLE_BYTES or self._sections[link][2] > _TABLE_BYTES:
            return
        _, texts_begin, texts_size, _ = self._sections[link]
        wanted = _places(b"\0" + self.read(texts_begin, texts_size), names)
        if not wanted:
            return
        layout = struct.Struct(self.order + ("I4xQ8x" if self.wide else "II8x"))
        table = self.read(begin, size)
        for name, address in layout.iter_unpack(table[: len(table) - len(table) % layout.size]):
            if name in wanted:
                yield wanted[name], address

    def _table(self, head: bytes) -> list[_Section]:
        """The headers of the sections."""
        try:
            if self.wide:
                at, size, count = *struct.unpack_from(self.order + "Q", head, 40), *self._counts(head, 58)
                layout = struct.Struct(self.order + "4xI16xQQI20x")
            else:
                at, size, count = *struct.unpack_from(self.order + "I", head, 32), *self._counts(head, 46)
                layout = struct.Struct(self.order + "4xI8xIII12x")
        except struct.error:
            return []
        if size != layout.size:
            return []
        table = self.read(at, size * min(count, _MOST_SECTIONS))
        return [*layout.iter_unpack(table[: len(table) - len(table) % size])]

    def _counts(self, head: bytes, at: int) -> tuple[int, int]:
        """How long each section header is, and how many there are."""
        return struct.unpack_from(self.order + "HH", head, at)


def _places(texts: bytes, names: Collection[str]) -> dict[int, str]:
    """Where names stand in a table of texts (after one more zero byte), also as the end of a longer one."""
    found: dict[int, str] = {}
    for name in names:
        sought = name.encode() + b"\0"
        at = texts.find(sought)
        while at >= 0 and len(found) < _MOST_NAMES:
            found[at - 1] = name
            at = texts.find(sought, at + 1)
    return found
