"""The write-ahead log of a SQLite database: pages that were committed and not yet copied into it.

Whoever copies a database while its log is full copies a state of the past; a container that was stopped in the
middle of an installation leaves exactly that (https://www.sqlite.org/fileformat2.html, section 4).
"""

from collections.abc import Iterator
from struct import unpack, unpack_from
from typing import Final

_BIG_ENDIAN: Final = 0x377F0683
_LITTLE_ENDIAN: Final = 0x377F0682
_HEADER: Final = 32
_FRAME_HEADER: Final = 24
_PAGE_SIZES: Final = frozenset(1 << power for power in range(9, 17))
_MASK: Final = 0xFFFFFFFF

_Sum = tuple[int, int]


def committed_pages(log: bytes) -> dict[int, bytes]:
    """The newest committed content of each page that the log holds; empty when it holds none.

    As SQLite does, reading ends where a salt or a checksum is off: what follows is the rest of an older log.
    """
    if len(log) < _HEADER:
        return {}
    magic, _, size = unpack_from(">3I", log)
    if magic not in (_BIG_ENDIAN, _LITTLE_ENDIAN) or size not in _PAGE_SIZES:
        return {}
    pages: dict[int, bytes] = {}
    pending: dict[int, bytes] = {}
    for number, commits, page in _frames(log, size, ">" if magic == _BIG_ENDIAN else "<"):
        pending[number] = page
        if commits:
            pages.update(pending)
            pending.clear()
    return pages


def _frames(log: bytes, size: int, order: str) -> Iterator[tuple[int, int, bytes]]:
    """Page number, size of the database when the frame commits (else 0), and page, as long as sums hold."""
    salt = log[16:24]
    expected = _sum(log[:24], order, (0, 0))
    if expected != unpack_from(">2I", log, 24):
        return
    for at in range(_HEADER, len(log) - _FRAME_HEADER - size + 1, _FRAME_HEADER + size):
        page = log[at + _FRAME_HEADER : at + _FRAME_HEADER + size]
        expected = _sum(page, order, _sum(log[at : at + 8], order, expected))
        number, commits = unpack_from(">2I", log, at)
        if log[at + 8 : at + 16] != salt or expected != unpack_from(">2I", log, at + 16) or not number:
            return
        yield number, commits, page


def _sum(data: bytes, order: str, start: _Sum) -> _Sum:
    """The checksum of section 4.2, over words in the byte order that the log was written in."""
    first, second = start
    words = unpack(f"{order}{len(data) // 4}I", data)
    for even, odd in zip(words[::2], words[1::2], strict=True):
        first = (first + even + second) & _MASK
        second = (second + odd + first) & _MASK
    return first, second
