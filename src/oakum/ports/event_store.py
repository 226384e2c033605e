"""Runtime events: compressed segments per host and hour that only grow; a sync port."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from oakum.model.event import Event


class EventStore(Protocol):
    """Keeps events."""

    def append(self, host: str, run: str, events: Iterable[Event]) -> int:
        """Keep events of a host, each once; give how many were new.

        ``run`` is one run of one sensor, by a name that no other run has. Events at or below the highest sequence
        that was kept of it are left out, so a batch may be sent again until it is acknowledged.

        Raises:
            UnreadableError: an event's time is none.
            LimitError: the batch is too large to be read back; nothing of it is kept.
        """
        ...

    def events(self, *, host: str = "", container: str = "", since: int = 0, until: int = 0) -> Iterator[Event]:
        """In the order of time, from ``since`` to before ``until``; segments that cannot hold any are not read."""
        ...

    def forget(self, before: int) -> int:
        """Remove segments that end before a moment; give how many."""
        ...

    def close(self) -> None:
        """Let go of what was opened."""
        ...
