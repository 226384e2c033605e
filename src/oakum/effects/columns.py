"""Text in columns, for a terminal; every cell is made visible here and nowhere else.

Rich does this too, but importing it takes longer than a whole scan of cached layers may.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct

from oakum.effects.escape import columns, first, shorten, visible

GAP: Final = 2
"""Blanks between two columns."""

_SEPARATORS: Final = ":/.-_~+"
_BLANK: Final = re.compile(r" (?![^() ]+\))")
"""Where a line may end; not before the last word of a parenthesis: ``(4 packages)`` stays whole."""


class Column(Struct, frozen=True):
    """A column.

    Attributes:
        title: its heading.
        least: it is not made narrower than this.
        good: where room is short it first shrinks to this.
        cut: a cell that is too wide is cut in its middle; otherwise it goes on in the next line, to be copied.
    """

    title: str
    least: int = 4
    good: int = 20
    cut: bool = False


Row = Sequence[str]


def lines(table: Sequence[Column], rows: Sequence[Row], width: int) -> Iterator[tuple[int, str]]:
    """The heading (row -1) and the rows, as lines of a terminal with the number of the row that they show."""
    shown = [[visible(cell) for cell in row] for row in rows]
    widths = _widths(table, shown, width)
    yield -1, _line([column.title for column in table], widths)
    for number, row in enumerate(shown):
        cells = [_fit(column, cell, room) for column, cell, room in zip(table, row, widths, strict=True)]
        for index in range(max(len(cell) for cell in cells)):
            yield number, _line([cell[index] if index < len(cell) else "" for cell in cells], widths)


def _widths(table: Sequence[Column], rows: Sequence[Row], width: int) -> list[int]:
    """What each column wants; while that is too much, one gives: to its good width, then to its least."""
    wanted = [
        max([columns(column.title), *(columns(row[index]) for row in rows)]) for index, column in enumerate(table)
    ]
    room = width - GAP * (len(table) - 1)
    while sum(wanted) > room:
        giving = [index for index, column in enumerate(table) if wanted[index] > column.least]
        if not giving:
            break
        wanted[max(giving, key=lambda index: _giving(table[index], wanted[index]))] -= 1
    return wanted


def _giving(column: Column, wanted: int) -> tuple[int, bool, int]:
    """The widest above its good width first; then those that are cut, which lose no line by it."""
    spare = max(0, wanted - column.good)
    return spare, column.cut, wanted


def _fit(column: Column, cell: str, width: int) -> list[str]:
    return [shorten(cell, width, head=width // 3)] if column.cut else list(wrap(cell, width))


def wrap(text: str, width: int) -> Iterator[str]:
    """A visible text in lines of a width: at blanks where there are some, else anywhere."""
    line = ""
    for word in _BLANK.split(text):
        joined = f"{line} {word}" if line else word
        if columns(joined) <= width:
            line = joined
            continue
        if line:
            yield line
        *full, line = _chop(word, width)
        yield from full
    yield line


def _chop(word: str, width: int) -> list[str]:
    """A long word in pieces, cut after a separator where one stands in the second half of a piece."""
    pieces: list[str] = []
    while columns(word) > width:
        piece = first(word, width) or word[0]
        cut = max(piece.rfind(mark) for mark in _SEPARATORS) + 1
        pieces.append(piece[:cut] if cut * 2 > len(piece) else piece)
        word = word[len(pieces[-1]) :]
    return [*pieces, word]


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = [cell + " " * (width - columns(cell)) for cell, width in zip(cells, widths, strict=True)]
    return (" " * GAP).join(padded).rstrip()
