"""Unpacking done ahead of the one who walks, for a layer that has more than one processor to itself.

Unpacking runs without the interpreter's lock and walking needs it: side by side they take the
time of the longer, one after the other the time of both. Where there are layers for every
processor this wins nothing, so it is used for the last ones alone.
"""

import contextlib
import queue
import threading
from collections.abc import Generator, Iterator
from typing import Final

from oakum.kit.archive.blob import Blob
from oakum.kit.archive.unpack import compression, unpacked

_DEPTH: Final = 4
_TICK: Final = 0.001


class _Packed:
    """A piece of the blob that is still to be hashed."""

    def __init__(self, piece: bytes) -> None:
        self.piece = piece


_Item = bytes | _Packed | BaseException | None


def unpacked_ahead(blob: Blob) -> Generator[bytes, None, None]:
    """The content of a blob as ``unpacked`` gives it, made by a thread of its own.

    The consumer's thread hashes what is packed, since unpacking is the longer part. What is
    raised while unpacking is raised here, at its place. Closing the generator ends the thread
    and waits for it, so that nobody reads the blob any more.
    """
    ready: queue.Queue[_Item] = queue.Queue(_DEPTH)
    stopped = threading.Event()
    if compression(blob.peek(4)):
        blob.hash_with(lambda piece: ready.put(_Packed(piece)))
    thread = threading.Thread(target=_work, args=(unpacked(blob), ready, stopped), daemon=True)
    thread.start()
    try:
        while (item := ready.get()) is not None:
            if isinstance(item, BaseException):
                raise item
            if isinstance(item, _Packed):
                blob.hash(item.piece)
            else:
                yield item
    finally:
        stopped.set()
        while thread.is_alive() or not ready.empty():
            with contextlib.suppress(queue.Empty):  # a thread that waits for room sees that it is to stop
                item = ready.get(timeout=_TICK)
                if isinstance(item, _Packed):
                    blob.hash(item.piece)
        blob.hash_with(None)


def _work(chunks: Iterator[bytes], ready: "queue.Queue[_Item]", stopped: threading.Event) -> None:
    try:
        for chunk in chunks:
            ready.put(chunk)
            if stopped.is_set():
                return
        ready.put(None)
    except BaseException as error:  # noqa: BLE001 - raised again where the chunks are consumed
        ready.put(error)
