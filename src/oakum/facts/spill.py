"""The one file on the disk that a layer's large files are put into, one after the other, to be read with seeking."""

import os
from collections.abc import Iterator
from typing import BinaryIO


class SpillError(OSError):
    """The disk took no more; a matter of this machine and this day, not of the file."""


class Spill:
    """An unnamed file by its descriptor; what was put in last is what it holds."""

    def __init__(self, descriptor: int) -> None:
        """Take the file as it is; nothing is written yet."""
        self._descriptor = descriptor

    def fill(self, content: Iterator[bytes]) -> None:
        """Hold this content alone.

        Raises:
            SpillError: it could not be written.
        """
        self.clear()
        at = 0
        for piece in content:
            self.put(at, piece)
            at += len(piece)

    def clear(self) -> None:
        """Hold nothing."""
        os.ftruncate(self._descriptor, 0)

    def put(self, at: int, piece: bytes) -> None:
        """Hold a piece of a file at its place too; what lies before it and was not put reads as zeros.

        Raises:
            SpillError: it could not be written.
        """
        view = memoryview(piece)
        try:
            while view:
                written = os.pwrite(self._descriptor, view, at)
                view, at = view[written:], at + written
        except OSError as error:
            raise SpillError(error.errno, error.strerror) from error

    def open(self) -> BinaryIO:
        """What it holds, from the beginning."""
        stream = os.fdopen(os.dup(self._descriptor), "rb")
        stream.seek(0)
        return stream
