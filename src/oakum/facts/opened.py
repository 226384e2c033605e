"""The struct of an opened file, which two kinds of records have."""

from typing import Final

from msgspec.structs import replace

from oakum.facts.record import AFTER_ANCESTORS, FILE_KEY, Head, Layout, Scene, behind, event_of, file_key, path
from oakum.model.event import Event

OPENED: Final = Layout("written", open_flags="I", path_bytes="I", program_bytes="I", created="I")


def opened(head: Head, data: bytes, scene: Scene, kind: str) -> Event:
    """The event of a file that was opened: its path, its key, and the program that opened it.

    Raises:
        DamagedError: the record does not hold what it says.
    """
    at = AFTER_ANCESTORS + FILE_KEY.size
    key = FILE_KEY.read(data, AFTER_ANCESTORS)
    _, path_bytes, program_bytes, _ = OPENED.read(data, at)
    file, program = behind(data, at + OPENED.size, path_bytes, program_bytes)
    return replace(event_of(head, kind, scene, data, path(program)), path=path(file), file=file_key(key))
