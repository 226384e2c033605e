"""The fetcher of a registry: has the network and the login, and parses no image.

It is started with an empty environment and hears on standard input where to look and what to
fetch. Documents and layers go through a pipe each into the parser; on standard output it says
what was resolved, and of each fetch whether digest and size held. It ends when its parent does.
"""

import os
import queue
import threading

import msgspec

from oakum.adapters.registry.client import Client
from oakum.adapters.registry.guard import Guard
from oakum.adapters.registry.lines import Lines
from oakum.adapters.registry.login import Login
from oakum.adapters.registry.pull import Pull
from oakum.adapters.registry.trust import Trusted
from oakum.kit import frames
from oakum.kit.errors import OakumError
from oakum.kit.feed import PIECE, Feed
from oakum.kit.limits import MANIFEST_BYTES
from oakum.model.fetching import Access, Fetch, Fetched, NotFetched, Order, Resolve, Word

_encode = msgspec.msgpack.Encoder().encode


class _GoneError(Exception):
    """The parser reads no more."""


class Fetcher:
    """Serves one parent.

    Args:
        access: where to look.
    """

    def __init__(self, access: Access) -> None:
        """Nothing is opened yet."""
        self._access = access
        self._trusted = Trusted(access.trust)
        self._guard = Guard(access.stall_seconds)
        self._logins = [Login(site) for site in access.sites]
        self._kept: dict[str, bytes] = {}
        self._lock = threading.Lock()
        self._pull = self._new_pull()
        self._waiting: dict[int, queue.SimpleQueue[Fetch]] = {}

    def resolve(self, order: Resolve) -> None:
        """Say what a name means."""
        try:
            self._say(self._pull.resolve(order.name))
        except Exception as error:  # noqa: BLE001 - a bug of ours must not leave the parent without a word
            self._say(_failed(0, error))

    def fetch(self, order: Fetch) -> None:
        """Have the slot's thread send something; the first one also has the connection that resolved the name."""
        if order.slot not in self._waiting:
            pull = self._pull if not self._waiting else self._new_pull()
            waiting = self._waiting[order.slot] = queue.SimpleQueue()
            feed = Feed(self._access.feeds[order.slot])
            threading.Thread(target=self._work, args=(waiting, pull, feed), daemon=True).start()
        self._waiting[order.slot].put(order)

    def _new_pull(self) -> Pull:
        lines = Lines(self._trusted, self._guard)
        clients = [Client(site, lines, login) for site, login in zip(self._access.sites, self._logins, strict=True)]
        return Pull(clients, self._kept)

    def _work(self, waiting: "queue.SimpleQueue[Fetch]", pull: Pull, feed: Feed) -> None:
        try:
            while True:
                order = waiting.get()
                trouble = _send(order, pull, feed)
                self._say(trouble or Fetched(order.ticket))  # before the end of the blob: see adapters/vouched
                feed.end(whole=trouble is None)
        except (BrokenPipeError, _GoneError):
            return  # the parser has gone; the parent knows

    def _say(self, word: Word) -> None:
        with self._lock:
            frames.send(1, _encode(word))


class _Gathered:
    """Pieces that are sent on together."""

    def __init__(self, feed: Feed) -> None:
        self._feed = feed
        self._pieces: list[bytes] = []
        self._size = 0

    def take(self, piece: bytes) -> None:
        self._pieces.append(piece)
        self._size += len(piece)
        if self._size >= PIECE or len(self._pieces) >= os.sysconf("SC_IOV_MAX") // 2:
            self.flush()

    def flush(self) -> None:
        try:
            self._feed.send(self._pieces)
        except BrokenPipeError:
            raise _GoneError from None  # not to be taken for a connection of the network that broke
        self._pieces, self._size = [], 0


def _send(order: Fetch, pull: Pull, feed: Feed) -> NotFetched | None:
    gathered = _Gathered(feed)
    try:
        if order.manifest or order.size in range(-1, MANIFEST_BYTES):
            gathered.take(pull.document(order.digest, order.size, manifest=order.manifest))
        else:
            pull.blob(order.digest, order.size, gathered.take)
        gathered.flush()
    except _GoneError:
        raise
    except Exception as error:  # noqa: BLE001 - a bug of ours must not leave the parser waiting
        return _failed(order.ticket, error)
    return None


def _failed(ticket: int, error: Exception) -> NotFetched:
    if isinstance(error, OakumError):
        return NotFetched(ticket, type(error).__name__, str(error), error.hint)
    said = f"this is a bug of ours in the fetcher ({type(error).__name__}: {error})"
    return NotFetched(ticket, "OakumError", said[:500])


def main() -> None:
    """Do what the parent says until it ends."""
    first = frames.receive(0)
    if first is None:
        return
    fetcher = Fetcher(msgspec.msgpack.decode(first, type=Access))
    decode = msgspec.msgpack.Decoder(Order).decode
    while (data := frames.receive(0)) is not None:
        order = decode(data)
        if isinstance(order, Resolve):
            fetcher.resolve(order)
        else:
            fetcher.fetch(order)


if __name__ == "__main__":
    main()
    os._exit(0)  # whatever the threads wait for
