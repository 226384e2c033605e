"""The parent's side of a registry: starts the fetcher, gives it the login by pipe, hears its word."""

import contextlib
import os
import select
import time
from collections.abc import Callable
from typing import Final

import msgspec
from msgspec import structs

from oakum.kit import frames, process
from oakum.kit.decoding import UNDECODABLE
from oakum.kit.errors import OakumError, TryLaterError, UnreadableError, restored
from oakum.kit.limits import STALL_SECONDS
from oakum.model.fetching import Access, Fetch, Fetched, NotFetched, Resolve, Resolved, Site, Trust, Word
from oakum.model.reading import Want

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Word).decode
_TICK: Final = 0.05
_MOMENT: Final = 10.0
"""Seconds for a word that should be there. A process that is ended closes its pipes one after another, in no order that
anybody promises: between the parser's and ours a busy machine may put a second, and more."""


class FetcherProcess:
    """Implements ``ports.registries.Registry``.

    Args:
        module: the program to start.
        name: tag or digest.
        sites: gives the places that hold the image, in the order in which they are asked.
        trust: certificates and proxy.
        started: a process of this module that waits for its first message, with the pipes that it has, if one was
            started before.
        stall_seconds: how long a download may stand still.
    """

    def __init__(
        self,
        module: str,
        name: str,
        sites: Callable[[], tuple[Site, ...]],
        trust: Trust,
        *,
        started: tuple[process.Helper, tuple[int, ...]] | None = None,
        stall_seconds: float = STALL_SECONDS,
    ) -> None:
        """Nothing is started yet."""
        self._module = module
        self._name = name
        self._sites = sites
        self._access = Access((), trust, (), stall_seconds)
        self._started = started
        self._helper: process.Helper | None = None
        self._forget()

    def resolve(self, feeds: tuple[int, ...]) -> str:
        """What the name means now; a digest means itself."""
        self.begin(feeds)
        if self._name.startswith("sha256:"):
            return self._name
        self._say(Resolve(self._name))
        while self._resolved is None and self._error is None:
            self._hear(_TICK)
        if self._resolved is None:
            raise self._error or TryLaterError("the download ended")
        return self._resolved.digest

    def begin(self, feeds: tuple[int, ...]) -> None:
        """Serve a parser: one process for each life of it."""
        if feeds or self._started is None:
            self.close()
            self._helper = self._new(feeds)
        else:
            (self._helper, feeds), self._started = self._started, None
        self._forget()
        self._access = structs.replace(self._access, sites=self._access.sites or self._sites(), feeds=feeds)
        self._send(_encode(self._access))

    def _new(self, feeds: tuple[int, ...]) -> process.Helper:
        try:
            return process.start(self._module, (), keep=feeds)
        except OSError as error:
            raise TryLaterError(f"no fetcher can be started: {error.strerror}") from None
        finally:
            for descriptor in feeds:  # the fetcher alone sends there: its end must be seen by who reads
                os.close(descriptor)

    def fetch(self, want: Want) -> None:
        """Have something sent to the parser."""
        self._last_ticket += 1
        self._tickets.setdefault(want.part, []).append(self._last_ticket)
        self._say(Fetch(self._last_ticket, want.slot, want.digest, want.size, want.manifest))

    def waiting(self) -> bool:
        """Whether no word came yet about a document."""
        self._hear(0)
        return self._silent(-1)

    def asked(self, part: int) -> bool:
        """Whether a layer was asked for at all."""
        return part in self._tickets

    def held(self, part: int) -> bool:
        """Whether each sending of a layer was whole and what its digest says."""
        self._hear_of(part)
        return all(isinstance(self._words.get(ticket), Fetched) for ticket in self._tickets[part])

    def trouble(self, part: int = -1) -> OakumError | None:
        """Why a layer, or a document, could not be fetched; or why none could."""
        self._hear_of(part)
        words = [self._words.get(ticket) for ticket in self._tickets.get(part, ())]
        failed = [word for word in words if isinstance(word, NotFetched)]
        if part == -1 and not failed and not any(self.held(layer) for layer in self._tickets if layer >= 0):
            failed = [word for word in self._words.values() if isinstance(word, NotFetched)]
        return restored(failed[0].family, failed[0].message, failed[0].hint) if failed else self._error

    def close(self) -> None:
        """End the process."""
        unused, self._started = self._started, None
        for helper in (self._helper, unused[0] if unused else None):
            if helper is not None:
                helper.end()
        self._helper = None

    def _forget(self) -> None:
        self._tickets: dict[int, list[int]] = {}
        self._words: dict[int, Fetched | NotFetched] = {}
        self._last_ticket = 0
        self._resolved: Resolved | None = None
        self._error: OakumError | None = None

    def _say(self, order: Resolve | Fetch) -> None:
        self._send(_encode(order))

    def _send(self, data: bytes) -> None:
        if self._helper is not None:
            with contextlib.suppress(BrokenPipeError):  # it has died: hearing it says so
                frames.send(self._helper.input, data)

    def _hear(self, seconds: float) -> None:
        """Take every word that is there, and wait so long for the first."""
        while self._helper is not None and self._error is None:
            if not select.select([self._helper.output], [], [], seconds)[0]:
                return
            self._take(self._helper.output)
            seconds = 0

    def _hear_of(self, part: int) -> None:
        """Take the words that are there. One that is missing shows that the fetcher ended: that is seen in a moment."""
        self._hear(0)
        until = time.monotonic() + _MOMENT
        while self._silent(part) and self._error is None and (left := until - time.monotonic()) > 0:
            self._hear(left)

    def _silent(self, part: int) -> bool:
        return any(ticket not in self._words for ticket in self._tickets.get(part, ()))

    def _take(self, output: int) -> None:
        try:
            data = frames.receive(output)
            word = None if data is None else _decode(data)
        except (UnreadableError, *UNDECODABLE):
            word = None
        if word is None:
            self._error = TryLaterError("the process that downloads has ended", hint="OAKUM_DEBUG=1 shows why")
        elif isinstance(word, Resolved):
            self._resolved = word
        elif isinstance(word, NotFetched) and word.ticket == 0:
            self._error = restored(word.family, word.message, word.hint)
        else:
            self._words[word.ticket] = word
