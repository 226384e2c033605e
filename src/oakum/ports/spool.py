"""What an agent keeps until its server has it; a sync port."""

from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct

from oakum.model.event import Event

HOST = "host"
CONTAINERS = "containers"
INCIDENT = "incident"
EVENTS = "events"
"""What an item holds: as JSON a ``Host``, a list of ``Container`` or an ``IncidentReport``; an ``EventBatch`` as
msgpack, packed with zstandard."""


class Item(Struct, frozen=True):
    """Something that waits.

    Attributes:
        name: of the item here.
        kind: what it holds.
        body: as it is sent.
    """

    name: str
    kind: str
    body: bytes


class Spool(Protocol):
    """Keeps items in order; what ``put`` returned from survives the end of the process, however that came."""

    def put(self, kind: str, body: bytes) -> None:
        """Keep something that is not to be lost."""
        ...

    def put_events(self, run: str, events: Sequence[Event]) -> None:
        """Keep a batch of events; where there is no room, the oldest batches go."""
        ...

    def next(self) -> Item | None:
        """The oldest that waits, events last; None where nothing does."""
        ...

    def done(self, item: Item) -> None:
        """The server has it."""
        ...

    def dropped(self) -> int:
        """How many events went for want of room since this was asked last."""
        ...
