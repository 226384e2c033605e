"""Unpacking done ahead of the one who walks, for a layer that has more than one processor to itself.

Unpacking runs without the interpreter's lock and walking needs it: side by side they take the
time of the longer, one after the other the time of both. Where there are layers for every
processor this wins nothing, so it is used where there are fewer.
"""

import threading
from collections.abc import Generator
from queue import SimpleQueue
from typing import Final, NamedTuple

from oakum.kit.archive.blob import Blob
from oakum.kit.archive.unpack import compression, unpacked

_DEPTH: Final = 4
"""Chunks that wait."""

_PIECES: Final = 8
"""Pieces that are unpacked to nothing before they are handed on to be hashed."""


class _Item(NamedTuple):
    """What is handed on at once.

    Attributes:
        packed: pieces of the blob that are still to be hashed.
        chunk: what came out of them; may be empty.
        error: what ended the unpacking.
        last: whether nothing follows.
    """

    packed: list[bytes]
    chunk: bytes = b""
    error: BaseException | None = None
    last: bool = False


def unpacked_ahead(blob: Blob) -> Generator[bytes, None, None]:
    """The content of a blob as ``unpacked`` gives it, made by a thread of its own.

    The consumer's thread hashes what is packed, since unpacking is the longer part. What is
    raised while unpacking is raised here, at its place. Closing the generator ends the thread
    and waits for it, so that nobody reads the blob any more.
    """
    ahead = _Ahead(blob)
    thread = threading.Thread(target=ahead.work, daemon=True)
    thread.start()
    try:
        while not (item := ahead.take()).last:
            if item.chunk:
                yield item.chunk
        if item.error is not None:
            raise item.error
    finally:
        ahead.stop()
        thread.join()
        blob.hash_with(None)


class _Ahead:
    """One thread that unpacks, one that takes; queues without a limit and tokens, which cost less than one with it."""

    def __init__(self, blob: Blob) -> None:
        self._blob = blob
        self._packed: list[bytes] = []
        self._ready: SimpleQueue[_Item] = SimpleQueue()
        self._room: SimpleQueue[None] = SimpleQueue()
        self._stopped = self._ended = False
        for _ in range(_DEPTH):
            self._room.put(None)
        if compression(blob.peek(4)):
            blob.hash_with(self._hold)

    def work(self) -> None:
        """Unpack to the end, or until it is to stop."""
        error = None
        try:
            for chunk in unpacked(self._blob):
                self._put(chunk)
                if self._stopped:
                    break
        except BaseException as raised:  # noqa: BLE001 - raised again where the chunks are consumed
            error = raised
        self._ready.put(_Item(self._packed, error=error, last=True))

    def take(self) -> _Item:
        """The next that is ready, hashed."""
        item = self._ready.get()
        self._ended = item.last
        self._room.put(None)
        for piece in item.packed:
            self._blob.hash(piece)
        return item

    def stop(self) -> None:
        """End the thread; what was read of the blob is hashed all the same."""
        self._stopped = True
        while not self._ended:
            self.take()

    def _hold(self, piece: bytes) -> None:
        self._packed.append(piece)
        if len(self._packed) > _PIECES:
            self._put(b"")

    def _put(self, chunk: bytes) -> None:
        packed, self._packed = self._packed, []
        self._room.get()
        self._ready.put(_Item(packed, chunk))
