"""Files whose rights, owner or times were changed."""

from typing import Final

from oakum.facts.record import HEAD, Head, Layout, Scene, behind, event_of, record
from oakum.model.event import CHANGE, Event

_REST: Final = Layout("changed", reserved="Q")


@record(_REST, number=8, version=1)
def changed(head: Head, data: bytes, scene: Scene) -> Event:
    """Rights, owner or times of some file were changed, in a container that is guarded.

    An overlay copies such a file up into the container's layer, with the image's own bytes. Which file it was is not
    said: the kernel would have to read it from memory that the caller may change meanwhile.
    """
    _REST.read(data, HEAD.size)
    behind(data, HEAD.size + _REST.size)
    return event_of(head, CHANGE, scene)
