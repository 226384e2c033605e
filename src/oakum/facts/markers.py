"""Stretches of a large file from a marker on, found while the file streams by."""

import sys
from collections.abc import Callable, Iterator, Sequence

from oakum.facts.patterns import MarkerWant
from oakum.kit.limits import WINDOW_BYTES

_MOST = 4

Stretches = Sequence[tuple[int, int]]
"""Parts of a file: (begin, end)."""


Keep = Callable[[int, bytes], None]
"""Puts a piece of a file aside, with its place."""


def windows(
    pieces: Iterator[bytes], wants: Sequence[MarkerWant], within: Stretches = (), keep: Keep | None = None
) -> list[tuple[MarkerWant, tuple[bytes, ...]]]:
    """For each wish the stretches from its marker on, at most four; wishes without any are left out.

    The file passes by once; what is kept is the stretches alone.

    Args:
        pieces: the file.
        wants: what is looked for.
        within: the parts in which a marker may begin; none: anywhere.
        keep: takes the file from the piece on with which a marker was found whose wish asks for the rest.
    """
    searches = [_Search(want, within) for want in wants]
    keeping = [search for search in searches if search.want.rest] if keep is not None else []
    at = 0
    for piece in pieces:
        for search in searches:
            search.see(piece)
        if keep is not None and any(search.open for search in keeping):
            keep(at, piece)
        at += len(piece)
    return [(search.want, search.windows()) for search in searches if search.open]


class _Search:
    """One marker's search through a stream."""

    def __init__(self, want: MarkerWant, within: Stretches) -> None:
        self.want = want
        self._within = sorted(within) or [(0, sys.maxsize)]
        self.open: list[bytearray] = []
        self._tail = b""
        self._at = 0  # offset in the file of the next piece

    def see(self, piece: bytes) -> None:
        """Look at the next piece; the marker may lie across two."""
        for window in self.open:
            if len(window) < WINDOW_BYTES:
                window.extend(piece[: WINDOW_BYTES - len(window)])
        overlap = len(self.want.marker) - 1
        seam = self._tail + piece[:overlap]  # a copy of the whole piece would cost more than the search
        at = self._at - len(self._tail)
        self._search(seam, at, max(len(self._tail) - overlap, 0), more=piece)
        self._search(piece, self._at, 0, less=self._tail)
        self._at += len(piece)
        kept, seen = overlap + self.want.before, piece
        if len(piece) < kept:
            seen = self._tail + piece
        self._tail = seen[max(len(seen) - kept, 0) :]

    def _search(self, data: bytes, at: int, first: int, *, more: bytes = b"", less: bytes = b"") -> None:
        """Open a window at every marker in ``data`` from a place on.

        Args:
            data: what is searched.
            at: its place in the file.
            first: where in it a marker may begin.
            more: the piece whose first bytes end ``data``.
            less: what lies before ``data``.
        """
        length = len(self.want.marker)
        for begin, end in self._within:
            end_here = min(end - at, len(data)) + length - 1
            found = data.find(self.want.marker, max(begin - at, first), max(end_here, 0))
            while found >= 0 and len(self.open) < _MOST:
                if (at + found) % self.want.align == 0:
                    rest = more[length - 1 :]
                    start = found - self.want.before
                    before = less[start:] if start < 0 else b""
                    window = before + data[max(start, 0) : start + WINDOW_BYTES] + rest
                    self.open.append(bytearray(window[:WINDOW_BYTES]))
                found = data.find(self.want.marker, found + 1, end_here)
            first = max(first, end - at)  # where stretches overlap, once is enough

    def windows(self) -> tuple[bytes, ...]:
        """What was found."""
        return tuple(bytes(window) for window in self.open)
