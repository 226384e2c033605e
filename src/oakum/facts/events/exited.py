"""Processes that ended."""

from typing import Final

from msgspec.structs import replace

from oakum.facts.record import HEAD, Head, Layout, Scene, behind, event_of, record
from oakum.model.event import EXIT, Event

_REST: Final = Layout("exited", code="I", signalled="I")
_CORE: Final = 0x7F


@record(_REST, number=2, version=1)
def exited(head: Head, data: bytes, scene: Scene) -> Event:
    """A process ended.

    Its code is what shells say of it: 128 and the signal's number where one ended it.
    """
    code, signalled = _REST.read(data, HEAD.size)
    behind(data, HEAD.size + _REST.size)
    return replace(event_of(head, EXIT, scene), exit_code=128 + (signalled & _CORE) if signalled else code)
