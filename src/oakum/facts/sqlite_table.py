"""Rows of one table of a SQLite database, read page by page without SQLite.

A package database comes from an image, so it is hostile. SQLite runs what such a file asks for: triggers,
views, expressions of indexes and a schema that was made to mislead it; it is C code, and it costs its import.
Here only the b-tree of one ordinary table is walked, and each page is used once, so that reading ends and
never gives more bytes than the file has (https://www.sqlite.org/fileformat2.html, sections 1 to 2;
the write-ahead log is ``oakum.facts.sqlite_wal``).
"""

from collections.abc import Iterator, Mapping
from struct import error as StructError  # noqa: N812 - it is a class with a lower-case name
from struct import unpack_from
from typing import Final

from oakum.facts.broken import Broken
from oakum.kit.errors import DamagedError

MAGIC: Final = b"SQLite format 3\0"

_INTERIOR: Final = 0x05
_LEAF: Final = 0x0D
_SCHEMA_ROOT: Final = 1
_LEAST_PAGE: Final = 512
_LARGEST_PAGE: Final = 65_536
_FIRST_PAGE_HEADER: Final = 100
_INTEGER_BYTES: Final = (0, 1, 2, 3, 4, 6, 8, 8, 0, 0)
_FIRST_TEXT: Final = 12

Value = bytes | int | None
"""Texts and blobs as bytes, integers, and None for all else."""


class Database:
    """The pages of a database, with those of its log laid over them."""

    def __init__(self, data: bytes, log: Mapping[int, bytes] | None = None) -> None:
        """Look at the first page.

        Raises:
            DamagedError: it is no SQLite database.
        """
        self._data = data
        self._log = log or {}
        self._used: set[int] = set()
        self._left = len(data) + sum(map(len, self._log.values()))
        head = self._log.get(_SCHEMA_ROOT) or data[:_FIRST_PAGE_HEADER]
        if len(head) < _FIRST_PAGE_HEADER or not head.startswith(MAGIC):
            raise DamagedError("it is no SQLite database")
        (size,) = unpack_from(">H", head, 16)
        self._size = _LARGEST_PAGE if size == 1 else size
        self._usable = self._size - head[20]
        if self._size < _LEAST_PAGE or self._size & (self._size - 1) or self._usable < _LEAST_PAGE - 32:
            raise DamagedError("its page size is none that SQLite has")

    def rows(self, table: str, count: int) -> Iterator[list[Value] | Broken]:
        """The first columns of all rows of a table; what cannot be read is given as broken.

        An ``INTEGER PRIMARY KEY`` is None: SQLite keeps it as the number of the row.

        Raises:
            DamagedError: there is no such table.
        """
        for payload in self._walk(self._root(table)):
            yield payload if isinstance(payload, Broken) else _values(payload, count)

    def blobs(self, table: str, column: int) -> Iterator[bytes | Broken]:
        """One column of all rows of a table, as ``rows``.

        Raises:
            DamagedError: there is no such table.
        """
        for row in self.rows(table, column + 1):
            value = row if isinstance(row, Broken) else row[column]
            yield value if isinstance(value, bytes | Broken) else Broken("a row has no value, or is cut off")

    def _root(self, table: str) -> int:
        for payload in self._walk(_SCHEMA_ROOT):
            if isinstance(payload, Broken):
                continue
            kind, name, _, root = _values(payload, 4)
            if kind == b"table" and name == table.encode() and isinstance(root, int) and root > 0:
                return root
        raise DamagedError(f"it has no table {table}")

    def _page(self, number: int) -> bytes:
        """A page that was not used yet: SQLite never uses one twice, and a loop would never end."""
        if number in self._used:
            raise DamagedError("a page is used twice")
        self._used.add(number)
        page = self._log.get(number) or self._data[(number - 1) * self._size : number * self._size]
        if number < 1 or len(page) != self._size:
            raise DamagedError("a page lies beyond its end")
        return page

    def _walk(self, root: int) -> Iterator[bytes | Broken]:
        """The payloads of all cells below a page, in the order of their row ids."""
        stack = [root]
        while stack:
            try:
                number = stack.pop()
                page = self._page(number)
                start = _FIRST_PAGE_HEADER if number == _SCHEMA_ROOT else 0
                if page[start] == _INTERIOR:
                    stack.extend(reversed(_children(page, start)))
                    continue
                if page[start] != _LEAF:
                    raise DamagedError("a page is none of a table")  # noqa: TRY301 - one way for all that is broken
                cells = _cells(page, start, 8)
            except (DamagedError, IndexError, StructError) as error:
                yield Broken(str(error))
                continue
            for cell in cells:
                yield self._payload(page, cell)

    def _payload(self, page: bytes, cell: int) -> bytes | Broken:
        try:
            length, at = _varint(page, cell)
            _, at = _varint(page, at)
            self._left -= length  # cells that lie over each other would give more than there is
            if self._left < 0:
                return Broken("its rows are larger than the database")
            local = self._local(length)
            if at + local > self._usable:
                return Broken("a row is cut off")
            if local == length:
                return page[at : at + length]
            (following,) = unpack_from(">I", page, at + local)
            return self._overflow(page[at : at + local], length, following)
        except (DamagedError, IndexError, StructError) as error:
            return Broken(str(error))

    def _local(self, length: int) -> int:
        """How much of a payload its own page holds (section 1.6 of the format)."""
        most = self._usable - 35
        if length <= most:
            return length
        least = (self._usable - 12) * 32 // 255 - 23
        kept = least + (length - least) % (self._usable - 4)
        return kept if kept <= most else least

    def _overflow(self, begun: bytes, length: int, following: int) -> bytes:
        parts, missing = [begun], length - len(begun)
        while missing > 0:
            page = self._page(following)
            (following,) = unpack_from(">I", page)
            part = page[4 : 4 + min(missing, self._usable - 4)]
            parts.append(part)
            missing -= len(part)
        return b"".join(parts)


def _children(page: bytes, start: int) -> list[int]:
    cells = [unpack_from(">I", page, cell)[0] for cell in _cells(page, start, 12)]
    return [*cells, unpack_from(">I", page, start + 8)[0]]


def _cells(page: bytes, start: int, header: int) -> tuple[int, ...]:
    """Where the cells of a page begin."""
    (count,) = unpack_from(">H", page, start + 3)
    return unpack_from(f">{count}H", page, start + header)


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A number of one to nine bytes, seven bits each, all eight of the ninth; and where it ends."""
    value = 0
    for place in range(8):
        byte = data[at + place]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:  # noqa: PLR2004 - the bit that says that more follows
            return value, at + place + 1
    return value << 8 | data[at + 8], at + 9


def _values(payload: bytes, count: int) -> list[Value]:
    """The first values of a row: texts and blobs as bytes, integers, None for all else and what is not there (2.1)."""
    values: list[Value] = []
    try:
        end, place = _varint(payload, 0)
        at = end
        while len(values) < count and place < end:
            kind, place = _varint(payload, place)
            size = (kind - _FIRST_TEXT) // 2 if kind >= _FIRST_TEXT else _INTEGER_BYTES[min(kind, 9)]
            raw = payload[at : at + size]
            if len(raw) < size:
                break
            values.append(raw if kind >= _FIRST_TEXT else _number(kind, raw))
            at += size
    except IndexError:
        pass  # cut off in the middle of a number
    return values + [None] * (count - len(values))


def _number(kind: int, raw: bytes) -> int | None:
    if kind in (8, 9):
        return kind - 8
    return int.from_bytes(raw, "big", signed=True) if 1 <= kind <= 6 else None  # noqa: PLR2004 - 1 to 6 are integers
