"""Scripts that their interpreters opened."""

from msgspec.structs import replace

from oakum.facts.opened import OPENED, opened
from oakum.facts.record import Head, Scene, record
from oakum.model.event import SCRIPT, Event


@record(OPENED, number=7, version=1)
def interpreted(head: Head, data: bytes, scene: Scene) -> Event:
    """An interpreter opened the script that it was started for.

    The start itself only has the path as it was given; this has the file, and whether it came with the image.
    """
    return replace(opened(head, data, scene, SCRIPT), script=True)
