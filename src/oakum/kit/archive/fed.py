"""A blob that comes through a pipe while it is downloaded; the sender vouches for its digest."""

import os
from collections.abc import Callable, Generator
from typing import Final, Protocol

from oakum.kit.archive.blob import Blob
from oakum.kit.errors import DamagedError
from oakum.kit.feed import BROKEN, END, LENGTH_BYTES
from oakum.kit.limits import MESSAGE_BYTES

_DRAIN: Final = 1 << 20


class Pausing(Protocol):
    """Told whether a reader waits for the network."""

    def __call__(self, *, waiting: bool) -> None:
        """It does, or does no more."""
        ...


class FedBlob(Blob):
    """Reads like ``Blob``, once and in order, without hashing: whoever reads hostile bytes cannot vouch for them.

    Args:
        descriptor: the receiving end of the pipe.
        size: how many bytes are promised.
        pausing: told whether the reader waits for the network, so that no file is blamed for that.
    """

    def __init__(self, descriptor: int, size: int, pausing: Pausing) -> None:
        """Take the next blob of the pipe; nothing is read yet."""
        super().__init__(descriptor, 0, size)
        self._pausing = pausing
        self._head = b""
        self._frame = 0  # bytes of the piece at hand that were not read yet
        self._ended = False

    def pieces(self, length: int) -> Generator[bytes, None, None]:
        """The rest of the blob in pieces of at most ``length`` bytes.

        Raises:
            DamagedError: the sender broke off, or sent more or less than was promised.
        """
        while True:
            piece, self._head = self._head or self._next(length), b""
            if not piece:
                break
            self._at += len(piece)
            yield piece
        if self._at != self.size:
            raise DamagedError(f"the data ends after {self._at} of {self.size} bytes")

    def unmeasured(self, most: int) -> bytes:
        """All of it, where nothing told its size before.

        Raises:
            DamagedError: the sender broke off, or sent more than so many bytes.
        """
        data = b""
        while piece := self._next(most):
            data += piece
            if len(data) > most:
                raise DamagedError(f"the data is longer than {most} bytes")
        return data

    def hash_with(self, take: Callable[[bytes], object] | None) -> None:
        """Nobody hashes here."""

    def peek(self, length: int) -> bytes:
        """The first bytes, without moving on."""
        while len(self._head) < length and (more := self._next(length - len(self._head))):
            self._head += more
        return self._head

    def digest(self) -> str:
        """Read what is left; there is no digest of ours."""
        for _ in self.pieces(_DRAIN):
            pass
        return ""

    def drain(self) -> None:
        """Read what is left, whatever it is, so that the next blob of the pipe begins at its beginning."""
        while not self._ended:
            try:
                self._next(_DRAIN)
            except DamagedError:
                return

    def _next(self, length: int) -> bytes:
        """Bytes of the piece at hand or of the next; none at the end."""
        if self._ended:
            return b""
        if not self._frame:
            self._frame = int.from_bytes(self._exactly(LENGTH_BYTES), "big")
            if self._frame == END:
                self._ended = True
                return b""
        if self._frame > MESSAGE_BYTES:
            self._ended = True
            raise DamagedError("the download broke off" if self._frame == BROKEN else "the pipe is out of step")
        piece = self._read(min(length, self._frame))
        self._frame -= len(piece)
        return piece

    def _exactly(self, length: int) -> bytes:
        data = b""
        self._pausing(waiting=True)
        try:
            while len(data) < length:
                data += self._read(length - len(data))
        finally:
            self._pausing(waiting=False)
        return data

    def _read(self, length: int) -> bytes:
        piece = os.read(self._descriptor, length)
        if not piece:
            self._ended = True
            raise DamagedError("the download ended")
        return piece
