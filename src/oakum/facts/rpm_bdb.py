"""Headers of installed packages in a Berkeley DB hash, ``Packages``, as rpm before 4.16 wrote it.

Every hash page of the file is looked at in order; whether a bucket leads to it does not matter, since pages that are
no longer used are marked so. A value of more than a page lies in a chain of overflow pages
(Berkeley DB, ``src/dbinc/db_page.h``; the byte order is the writer's). CentOS 7, Amazon Linux 2, RHEL 8 and their kin
use it.
"""

from collections.abc import Iterator
from struct import unpack_from
from typing import Final

from oakum.facts.broken import Broken
from oakum.kit.errors import DamagedError

MAGIC: Final = 0x061561

_HEADER: Final = 26
_METADATA: Final = 72
_HASH_METADATA: Final = 8
_HASH_PAGES: Final = frozenset({2, 13})
_OVERFLOW: Final = 7
_ON_PAGE, _OFF_PAGE = 1, 3
_COUNTER: Final = b"\0\0\0\0"
"""Package number 0 is no package: its value is the number that the next one gets."""


def headers(data: bytes) -> Iterator[bytes | Broken]:
    """The value of each pair but the counter; what cannot be read is given as broken.

    Raises:
        DamagedError: it is no such database.
    """
    yield from _Hash(data).values()


class _Hash:
    def __init__(self, data: bytes) -> None:
        if len(data) < _METADATA or data[25] != _HASH_METADATA or data[24]:
            raise DamagedError("it is no Berkeley DB hash, or an encrypted one")
        self._order = next((order for order in "<>" if unpack_from(order + "I", data, 12)[0] == MAGIC), "")
        if not self._order:
            raise DamagedError("it is no Berkeley DB hash")
        (self._size,) = unpack_from(self._order + "I", data, 20)
        if self._size < 512 or self._size > 65_536 or self._size & (self._size - 1):  # noqa: PLR2004 - the format's bounds
            raise DamagedError("its page size is none that Berkeley DB has")
        self._data = data
        self._used: set[int] = set()
        self._left = len(data)

    def values(self) -> Iterator[bytes | Broken]:
        (last,) = unpack_from(self._order + "I", self._data, 32)
        there = len(self._data) // self._size - 1
        for number in range(1, min(last, there) + 1):
            page = self._data[number * self._size : (number + 1) * self._size]
            if page[25] in _HASH_PAGES:
                yield from self._pairs(page)
        if last > there:
            yield Broken(f"{last - there} pages are cut off")

    def _pairs(self, page: bytes) -> Iterator[bytes | Broken]:
        (count,) = unpack_from(self._order + "H", page, 20)
        if _HEADER + 2 * count > self._size:
            yield Broken("a page has more entries than there is room for")
            return
        starts = (self._size, *unpack_from(f"{self._order}{count}H", page, _HEADER))
        for at in range(2, count + 1, 2):  # entries are filled in from the end; each pair is a key and its value
            key = page[starts[at - 1] : starts[at - 2]]
            if key[1:] != _COUNTER:
                yield self._value(page[starts[at] : starts[at - 1]])

    def _value(self, item: bytes) -> bytes | Broken:
        if item[:1] == bytes([_ON_PAGE]):
            self._left -= len(item)
            return item[1:] if self._left >= 0 else Broken("its entries overlap")
        if item[:1] != bytes([_OFF_PAGE]) or len(item) < 12:  # noqa: PLR2004 - where a reference ends
            return Broken("an entry is of no kind that rpm writes")
        number, length = unpack_from(self._order + "2I", item, 4)
        parts, missing = [], length
        while missing > 0:
            page = self._data[number * self._size : (number + 1) * self._size]
            if number in self._used or len(page) != self._size or page[25] != _OVERFLOW:
                return Broken("a chain of pages is broken")
            self._used.add(number)
            number, _, filled = unpack_from(self._order + "I2H", page, 16)
            part = page[_HEADER : _HEADER + min(filled, missing, self._size - _HEADER)]
            if not part:
                return Broken("a chain of pages is broken")
            parts.append(part)
            missing -= len(part)
        return b"".join(parts)
