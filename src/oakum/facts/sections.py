"""What follows the loaded parts of an ELF program, kept while the file streams by, and a section of it by name.

The table of sections comes last in a file and names what lies before it. Sections that no program
loads (tool notes, debugging information) follow all that is loaded, so that much must be kept and no
more: in a program that was stripped, a few hundred bytes (System V ABI, "Sections").
"""

import struct
from collections import deque
from collections.abc import Iterator
from typing import Final

from oakum.facts.elf import LOAD, program_headers
from oakum.kit.errors import LimitError
from oakum.kit.limits import TAIL_BYTES, WINDOW_BYTES

_MOST_SECTIONS: Final = 4_096
_NO_BITS: Final = 8


class Tail:
    """The unloaded end of one ELF file."""

    def __init__(self, head: bytes) -> None:
        """Find out from the file's beginning where the unloaded end begins."""
        self._wide, self._order = head[4:5] == b"\x02", "<" if head[5:6] == b"\x01" else ">"
        self._table = self._table_of(head)
        loaded = [begin + length for kind, _, begin, length, _ in program_headers(head) if kind == LOAD]
        self._from = max(loaded, default=-1)
        self._pieces: deque[tuple[int, bytes]] = deque()
        self._kept = 0
        self._at = 0

    def watch(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        """The same pieces, the end kept as they pass by; of a very long end the last part."""
        for piece in pieces:
            end = self._at + len(piece)
            if 0 <= self._from < end:
                kept = piece[max(self._from - self._at, 0) :]
                self._pieces.append((end - len(kept), kept))
                self._kept += len(kept)
                while self._kept > TAIL_BYTES and len(self._pieces) > 1:
                    self._kept -= len(self._pieces.popleft()[1])
            self._at = end
            yield piece

    def section(self, name: str) -> bytes:
        """The content of the section of that name; empty when there is none.

        Raises:
            LimitError: it is there, and too large or too far from the end.
        """
        header = self._named(name)
        return self._content(header, name) if header else b""

    def has(self, name: str) -> bool:
        """Whether there is a section of that name, loaded or not."""
        return self._named(name) is not None

    def _named(self, name: str) -> tuple[int, int, int, int] | None:
        """The header of the section of that name."""
        at, size, count, names_index = self._table
        try:
            _, _, begin, length = self._header(self._stretch(at + size * names_index, size))
            names = b"\0" + self._stretch(begin, min(length, WINDOW_BYTES))
            wanted = names.find(b"\0" + name.encode() + b"\0")
            if wanted < 0:
                return None
            table = self._stretch(at, size * min(count, _MOST_SECTIONS))
            headers = [self._header(table[size * one :]) for one in range(len(table) // size)]
        except (struct.error, ZeroDivisionError):
            return None
        return next((header for header in headers if header[0] == wanted), None)

    def _content(self, header: tuple[int, int, int, int], name: str) -> bytes:
        _, kind, begin, length = header
        if kind == _NO_BITS or not length:
            return b""
        content = self._stretch(begin, length) if length <= WINDOW_BYTES else b""
        if len(content) != length:
            raise LimitError(f"its section {name} is too large, or lies too far before its end, to be read")
        return content

    def _stretch(self, begin: int, length: int) -> bytes:
        """Bytes of the kept end; fewer when they are not all there."""
        end = begin + length
        parts = [
            piece[max(begin - at, 0) : end - at] for at, piece in self._pieces if at < end and begin < at + len(piece)
        ]
        whole = b"".join(parts)
        return whole if len(whole) == length else b""

    def _header(self, data: bytes) -> tuple[int, int, int, int]:
        """Name, type, offset and size of one section."""
        if self._wide:
            name, kind, _, _, begin, length = struct.unpack_from(self._order + "IIQQQQ", data)
        else:
            name, kind, _, _, begin, length = struct.unpack_from(self._order + "6I", data)
        return name, kind, begin, length

    def _table_of(self, head: bytes) -> tuple[int, int, int, int]:
        """Where the table of sections begins, how long each entry is, how many there are, which one holds names."""
        try:
            if self._wide:
                return (
                    *struct.unpack_from(self._order + "Q", head, 40),
                    *struct.unpack_from(self._order + "HHH", head, 58),
                )
            return *struct.unpack_from(self._order + "I", head, 32), *struct.unpack_from(self._order + "HHH", head, 46)
        except struct.error:
            return 0, 0, 0, 0
