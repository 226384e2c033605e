"""Files that were opened for writing."""

from typing import Final

from msgspec.structs import replace

from oakum.facts.record import AFTER_ANCESTORS, FILE_KEY, Head, Layout, Scene, behind, event_of, file_key, path, record
from oakum.model.event import WRITE, Event

_REST: Final = Layout("written", open_flags="I", path_bytes="I", program_bytes="I", created="I")


@record(_REST, number=3, version=1)
def written(head: Head, data: bytes, scene: Scene) -> Event:
    """A file was opened for writing.

    The path is that of the open file, not of what the call was given. Writing begins after this moment, and goes on for
    as long as the file is open.
    """
    at = AFTER_ANCESTORS + FILE_KEY.size
    key = FILE_KEY.read(data, AFTER_ANCESTORS)
    _, path_bytes, program_bytes, _ = _REST.read(data, at)
    file, program = behind(data, at + _REST.size, path_bytes, program_bytes)
    return replace(event_of(head, WRITE, scene, data, path(program)), path=path(file), file=file_key(key))
