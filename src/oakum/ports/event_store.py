"""Runtime events: compressed segments per host and hour that only grow; a sync port."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from oakum.model.event import Event


class EventStore(Protocol):
    """Keeps events."""

    def append(self, host: str, events: Iterable[Event]) -> int:
        """Keep events of a host, once: those at or below the highest sequence of a sensor's run are left out."""
        ...

    def events(self, *, host: str = "", container: str = "", since: int = 0, until: int = 0) -> Iterator[Event]:
        """In the order of time; segments that cannot hold any are not read."""
        ...

    def forget(self, before: int) -> int:
        """Remove segments that end before a moment; give how many."""
        ...
