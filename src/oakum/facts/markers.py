"""Stretches of a large file from a marker on, found while the file streams by."""

from collections.abc import Iterator, Sequence

from oakum.facts.patterns import MarkerWant
from oakum.kit.limits import WINDOW_BYTES

_MOST = 4


def windows(pieces: Iterator[bytes], wants: Sequence[MarkerWant]) -> list[tuple[MarkerWant, tuple[bytes, ...]]]:
    """For each wish the stretches from its marker on, at most four; wishes without any are left out.

    The file passes by once; what is kept is the stretches alone.
    """
    searches = [_Search(want) for want in wants]
    for piece in pieces:
        for search in searches:
            search.see(piece)
    return [(search.want, search.windows()) for search in searches if search.open]


class _Search:
    """One marker's search through a stream."""

    def __init__(self, want: MarkerWant) -> None:
        self.want = want
        self.open: list[bytearray] = []
        self._tail = b""
        self._at = 0  # offset in the file of the tail's first byte

    def see(self, piece: bytes) -> None:
        """Look at the next piece; the marker may lie across two."""
        for window in self.open:
            if len(window) < WINDOW_BYTES:
                window.extend(piece[: WINDOW_BYTES - len(window)])
        marker = self.want.marker
        data = self._tail + piece if self._tail else piece
        found = data.find(marker)
        while found >= 0 and len(self.open) < _MOST:
            if (self._at + found) % self.want.align == 0:
                self.open.append(bytearray(data[found : found + WINDOW_BYTES]))
            found = data.find(marker, found + 1)
        keep = min(len(marker) - 1, len(data))
        self._at += len(data) - keep
        self._tail = data[len(data) - keep :]

    def windows(self) -> tuple[bytes, ...]:
        """What was found."""
        return tuple(bytes(window) for window in self.open)
