"""Files that were opened for writing."""

from oakum.facts.opened import OPENED, opened
from oakum.facts.record import Head, Scene, record
from oakum.model.event import WRITE, Event


@record(OPENED, number=3, version=1)
def written(head: Head, data: bytes, scene: Scene) -> Event:
    """A file was opened for writing.

    The path is that of the open file, not of what the call was given. Writing begins after this moment, and goes on for
    as long as the file is open.
    """
    return opened(head, data, scene, WRITE)
