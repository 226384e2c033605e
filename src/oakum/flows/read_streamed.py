"""The parser's side of a download: ask for a document or a layer, and read it from the pipe of the process."""

import functools
from collections.abc import Callable

from msgspec import structs

from oakum.kit.archive.fed import FedBlob
from oakum.kit.errors import DamagedError
from oakum.kit.journal import Journal
from oakum.kit.limits import MANIFEST_BYTES
from oakum.model.reading import Request, Target, Want
from oakum.sources.image_spec import verified
from oakum.sources.opener import LayerPlace, NeededError, OpenedTarget, Opener

_DOCUMENTS = 12
"""Documents that an opener may ask for: indexes in indexes, a manifest, a configuration."""


class Streams:
    """What comes through the pipes of a request.

    Args:
        request: has the pipes.
        journal: where the waiting is noted.
        ask: says to the parent what is wanted.
    """

    def __init__(self, request: Request, journal: Journal, ask: Callable[[Want], None]) -> None:
        """Nothing is asked for yet."""
        self._feeds = request.feeds
        self._journal = journal
        self._ask = ask
        self._last: dict[int, FedBlob] = {}

    def layer(self, part: int, slot: int, place: LayerPlace) -> FedBlob:
        """The stored bytes of a layer as they come."""
        return self._wanted(Want(part, slot, place.expected, place.size))

    def document(self, needed: NeededError) -> bytes:
        """A document, held to its digest.

        Raises:
            DamagedError: it did not come, or is another.
        """
        if needed.size > MANIFEST_BYTES:
            raise DamagedError("a document of the image is larger than one may be")
        blob = self._wanted(Want(-1, 0, needed.digest, needed.size, needed.manifest))
        return verified(blob.unmeasured(MANIFEST_BYTES), needed.digest, "a document of the image")

    def _wanted(self, want: Want) -> FedBlob:
        last = self._last.pop(want.slot, None)
        if last is not None:
            last.drain()
        self._ask(want)
        pausing = functools.partial(self._journal.waits, want.slot)
        blob = FedBlob(self._feeds[want.slot], want.size, pausing)
        self._last[want.slot] = blob
        return blob


def open_target(opener: Opener, request: Request, streams: Streams) -> tuple[Target, OpenedTarget]:
    """Open a target, bringing the documents that the opener asks for; give it with them, and what it holds.

    Raises:
        OakumError: it cannot be opened.
    """
    target = request.target
    for _ in range(_DOCUMENTS):
        try:
            return target, opener.open(target)
        except NeededError as needed:
            documents = {**target.documents, needed.digest: streams.document(needed)}
            target = structs.replace(target, documents=documents)
    raise DamagedError("the image asks for too many documents")
