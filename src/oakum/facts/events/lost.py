"""Events that could not be told."""

from typing import Final

from msgspec.structs import replace

from oakum.facts.record import HEAD, Head, Layout, Scene, behind, event_of, record
from oakum.model.event import LOST, Event

_REST: Final = Layout("lost", urgent="Q", bulk="Q", limited="Q", suppressed="Q", tokens="Q", refilled="Q")


@record(_REST, number=6, version=1)
def lost(head: Head, data: bytes, scene: Scene) -> Event:
    """Events of a container were lost, or left out as repeats.

    Lost urgent events are starts and ends of programs, the rest are writes and connections.
    """
    urgent, bulk, _, suppressed, _, _ = _REST.read(data, HEAD.size)
    behind(data, HEAD.size + _REST.size)
    return replace(event_of(head, LOST, scene), count=urgent + bulk, urgent=urgent, suppressed=suppressed)
