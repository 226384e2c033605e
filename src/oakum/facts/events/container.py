"""Containers that came and went."""

from typing import Final

from msgspec.structs import replace

from oakum.facts.record import HEAD, REMOVED, Head, Layout, Scene, behind, event_of, record, text
from oakum.model.control_group import container_of
from oakum.model.event import CONTAINER_START, CONTAINER_STOP, GROUP, Event

_REST: Final = Layout("container", made="Q", path_bytes="I", hierarchy="I")


@record(_REST, number=5, version=1)
def container(head: Head, data: bytes, scene: Scene) -> Event:
    """A container's control group came or went.

    It comes before the container's first process is in it, made by the engine's runtime, which is the process of this
    event. The group's path names the container; groups of anything else, and those that a container makes inside
    itself, are events of kind ``group``.
    """
    made, path_bytes, _ = _REST.read(data, HEAD.size)
    (raw,) = behind(data, HEAD.size + _REST.size, path_bytes)
    path = text(raw.split(b"\0", 1)[0])
    found = container_of(path)
    own = bool(found) and container_of(path.rpartition("/")[2]) == found
    kind = CONTAINER_STOP if head.flags & REMOVED else CONTAINER_START
    return replace(event_of(head, kind if own else GROUP, scene), container=found, path=path, group=made)
