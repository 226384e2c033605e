"""The sending end of a pipe that carries blobs one after another: pieces with their length, then how it ended."""

import contextlib
import fcntl
import os
from collections.abc import Sequence
from typing import Final

END: Final = 0
"""In a length's place: the blob was sent whole."""

BROKEN: Final = 0xFFFFFFFF
"""In a length's place: nothing more comes of this blob, and what came may not be used."""

LENGTH_BYTES: Final = 4

PIECE: Final = 256 * 1024
"""What a sender gathers before it sends: fewer and larger pieces cost the reader less."""

_ROOM: Final = 1 << 20  # the most that a pipe may hold without special rights (pipe(7), fs.pipe-max-size)


class Feed:
    """Sends blobs through a pipe.

    Args:
        descriptor: its sending end.
    """

    def __init__(self, descriptor: int) -> None:
        """Give the pipe as much room as it may have, so that the network need not wait for the reader."""
        self._descriptor = descriptor
        with contextlib.suppress(OSError):
            fcntl.fcntl(descriptor, fcntl.F_SETPIPE_SZ, _ROOM)

    def send(self, pieces: Sequence[bytes]) -> None:
        """Send pieces that belong together as one.

        Raises:
            BrokenPipeError: nobody reads any more.
        """
        length = sum(map(len, pieces))
        if length:
            self._write([length.to_bytes(LENGTH_BYTES, "big"), *pieces], length + LENGTH_BYTES)

    def end(self, *, whole: bool) -> None:
        """Say that the blob ended, and whether it was sent whole."""
        self._write([(END if whole else BROKEN).to_bytes(LENGTH_BYTES, "big")], LENGTH_BYTES)

    def _write(self, pieces: list[bytes], length: int) -> None:
        written = os.writev(self._descriptor, pieces)
        if written < length:
            view = memoryview(b"".join(pieces))[written:]
            while view:
                view = view[os.write(self._descriptor, view) :]
