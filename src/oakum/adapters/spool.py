"""A spool in a folder: a file for each item, which counts once its name is there."""

import os
from collections.abc import Sequence
from threading import Lock
from typing import Final

import msgspec

from oakum.kit.archive import zstd
from oakum.kit.errors import NotPermittedError
from oakum.kit.limits import SPOOL_BYTES
from oakum.model.api import EventBatch
from oakum.model.event import Event
from oakum.ports.spool import EVENTS, Item

_URGENT: Final = "urgent"
_encode: Final = msgspec.msgpack.Encoder().encode


class FolderSpool:
    """Implements ``ports.spool.Spool``.

    Args:
        folder: for its files alone.
        room: bytes that events may take.

    Raises:
        NotPermittedError: the folder cannot be written.
    """

    def __init__(self, folder: str, room: int = SPOOL_BYTES) -> None:
        """Find what an earlier run left; a file that was not finished does not count."""
        self._folders = {name: os.path.join(folder, name) for name in (_URGENT, EVENTS)}
        self._room, self._dropped, self._lock = room, 0, Lock()
        try:
            for path in self._folders.values():
                os.makedirs(path, mode=0o700, exist_ok=True)
                for name in os.listdir(path):
                    if name.startswith("."):
                        os.unlink(os.path.join(path, name))
            left = {name: sorted(os.listdir(path)) for name, path in self._folders.items()}
        except OSError as error:
            raise NotPermittedError(f"{folder} cannot be written: {error.strerror}") from None
        self._next = 1 + max((int(name.split(".")[0]) for names in left.values() for name in names), default=0)
        self._names = left
        self._size = sum(os.path.getsize(os.path.join(self._folders[EVENTS], name)) for name in left[EVENTS])

    def put(self, kind: str, body: bytes) -> None:
        """Keep something that is not to be lost."""
        with self._lock:
            self._put(_URGENT, f"{self._number():016}.{kind}", body)

    def put_events(self, run: str, events: Sequence[Event]) -> None:
        """Keep a batch of events; where there is no room, the oldest batches go."""
        body = zstd.compress(_encode(EventBatch(run, tuple(events))), 3)
        with self._lock:
            while self._names[EVENTS] and self._size + len(body) > self._room:
                name = self._names[EVENTS][0]
                self._dropped += int(name.split(".")[1])
                self._remove(EVENTS, name)
            self._put(EVENTS, f"{self._number():016}.{len(events)}", body)
            self._size += len(body)

    def next(self) -> Item | None:
        """The oldest that waits, events last."""
        with self._lock:
            for where in (_URGENT, EVENTS):
                for name in self._names[where][:1]:
                    with open(os.path.join(self._folders[where], name), "rb") as file:
                        body = file.read()
                    kind = EVENTS if where == EVENTS else name.split(".")[1]
                    return Item(f"{where}/{name}", kind, body)
        return None

    def done(self, item: Item) -> None:
        """The server has it."""
        where, _, name = item.name.partition("/")
        with self._lock:
            if name in self._names[where]:
                self._remove(where, name)

    def dropped(self) -> int:
        """How many events went for want of room since this was asked last."""
        with self._lock:
            many, self._dropped = self._dropped, 0
        return many

    def _number(self) -> int:
        self._next += 1
        return self._next - 1

    def _put(self, where: str, name: str, body: bytes) -> None:
        folder = self._folders[where]
        hidden = os.path.join(folder, f".{name}")
        with open(os.open(hidden, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600), "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        os.rename(hidden, os.path.join(folder, name))
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        self._names[where].append(name)

    def _remove(self, where: str, name: str) -> None:
        path = os.path.join(self._folders[where], name)
        if where == EVENTS:
            self._size -= os.path.getsize(path)
        os.unlink(path)
        self._names[where].remove(name)
