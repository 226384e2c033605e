"""Stretches of a large file from a marker on, found while the file streams by."""

from collections.abc import Iterator, Sequence

from oakum.facts.patterns import MarkerWant
from oakum.kit.limits import WINDOW_BYTES

_MOST = 4

Stretches = Sequence[tuple[int, int]]
"""Parts of a file: (begin, end)."""


def windows(
    pieces: Iterator[bytes], wants: Sequence[MarkerWant], within: Stretches = ()
) -> list[tuple[MarkerWant, tuple[bytes, ...]]]:
    """For each wish the stretches from its marker on, at most four; wishes without any are left out.

    The file passes by once; what is kept is the stretches alone.

    Args:
        pieces: the file.
        wants: what is looked for.
        within: the parts in which a marker may begin; none: anywhere.
    """
    searches = [_Search(want) for want in wants]
    at = 0
    for piece in pieces:
        searched = not within or any(begin < at + len(piece) and at < end for begin, end in within)
        for search in searches:
            search.see(piece, searched=searched)
        at += len(piece)
    return [(search.want, search.windows()) for search in searches if search.open]


class _Search:
    """One marker's search through a stream."""

    def __init__(self, want: MarkerWant) -> None:
        self.want = want
        self.open: list[bytearray] = []
        self._tail = b""
        self._at = 0  # offset in the file of the next piece

    def see(self, piece: bytes, *, searched: bool = True) -> None:
        """Look at the next piece; the marker may lie across two."""
        for window in self.open:
            if len(window) < WINDOW_BYTES:
                window.extend(piece[: WINDOW_BYTES - len(window)])
        overlap = len(self.want.marker) - 1
        seam = self._tail + piece[:overlap]  # a copy of the whole piece would cost more than the search
        self._search(seam, self._at - len(self._tail), piece)
        if searched:
            self._search(piece, self._at, b"")
        self._at += len(piece)
        seen = seam if len(piece) < overlap else piece
        self._tail = seen[len(seen) - min(overlap, len(seen)) :]

    def _search(self, data: bytes, at: int, more: bytes) -> None:
        """Open a window at every marker in ``data``; ``more`` is the piece whose first bytes end ``data``."""
        found = data.find(self.want.marker)
        while found >= 0 and len(self.open) < _MOST:
            if (at + found) % self.want.align == 0:
                overlap = len(self.want.marker) - 1
                rest = more[overlap:] if more else b""
                self.open.append(bytearray((data[found:] + rest)[:WINDOW_BYTES]))
            found = data.find(self.want.marker, found + 1)

    def windows(self) -> tuple[bytes, ...]:
        """What was found."""
        return tuple(bytes(window) for window in self.open)
