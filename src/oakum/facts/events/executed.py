"""Programs that started."""

from typing import Final

from msgspec.structs import replace

from oakum.facts.record import (
    AFTER_ANCESTORS,
    FILE_KEY,
    SCRIPT,
    Head,
    Layout,
    Scene,
    behind,
    event_of,
    file_key,
    path,
    record,
    text,
)
from oakum.model.event import EXEC, Event

_REST: Final = Layout("executed", path_bytes="I", given_bytes="I", argument_bytes="I", parent_mounts="I")


@record(_REST, number=1, version=1)
def executed(head: Head, data: bytes, scene: Scene) -> Event:
    """A program started.

    Of a script the kernel starts the interpreter: the process's program is that, and the path is the script's as it was
    given, which can be relative to a folder that is not known.
    """
    at = AFTER_ANCESTORS + FILE_KEY.size
    key = FILE_KEY.read(data, AFTER_ANCESTORS)
    path_bytes, given_bytes, argument_bytes, _ = _REST.read(data, at)
    parts, given, arguments = behind(data, at + _REST.size, path_bytes, given_bytes, argument_bytes)
    exe = path(parts)
    script = bool(head.flags & SCRIPT)
    event = event_of(head, EXEC, scene, data, exe)
    return replace(
        event,
        arguments=tuple(text(one) for one in arguments.removesuffix(b"\0").split(b"\0")) if arguments else (),
        path=text(given.split(b"\0", 1)[0]) if script else exe,
        script=script,
        file=file_key(key),
    )
