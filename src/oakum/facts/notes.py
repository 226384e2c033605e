"""The notes of an ELF program, kept while the file streams by (System V ABI, "Note Section").

Linkers put them behind the program headers, so that they are in the beginning that every program is asked for.
Tools that change a program afterwards (patchelf) move them to its end.
"""

from collections.abc import Iterator
from typing import Final

from oakum.facts.elf import noted

_MOST: Final = 16
_BYTES: Final = 65_536
"""What is kept of one stretch: those of programs have some hundred bytes, those of core dumps any number."""


def may_hold(head: bytes, marker: bytes) -> bool:
    """Whether notes hold the marker, or lie beyond a file's beginning, so that the file must pass by to tell."""
    size = len(head)
    return any(end > size or head.find(marker, begin, end) >= 0 for begin, end in noted(head))


class Notes:
    """The stretches of notes of one ELF file.

    Attributes:
        beyond: some lie beyond the beginning, so that the file must pass by.
    """

    def __init__(self, head: bytes) -> None:
        """Take what the file's beginning holds."""
        found = [(begin, min(end, begin + _BYTES)) for begin, end in noted(head)[:_MOST] if begin < end]
        self._wanted = [(begin, bytearray(head[begin:end]), end) for begin, end in found]
        self.beyond = any(begin + len(held) < end for begin, held, end in self._wanted)

    def watch(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        """The same pieces, notes kept as they pass by."""
        at = 0
        for piece in pieces:
            for begin, held, end in self._wanted:
                first = begin + len(held)
                if at <= first < min(end, at + len(piece)):
                    held.extend(piece[first - at : end - at])
            at += len(piece)
            yield piece

    def with_marker(self, marker: bytes) -> tuple[bytes, ...]:
        """The stretches that hold the marker."""
        return tuple(bytes(held) for _, held, _ in self._wanted if marker in held)
