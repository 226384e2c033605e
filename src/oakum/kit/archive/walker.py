"""What the engine walks: a tar stream or a folder, entry by entry, content only on request."""

from collections.abc import Iterator
from typing import Protocol

FILE = "file"
FOLDER = "folder"
SYMLINK = "symlink"
HARDLINK = "hardlink"
OTHER = "other"

SPECIAL_BITS = 0o6000
"""Of a mode: a program that runs as its owner (setuid) or its group (setgid), whoever starts it."""


class Walker(Protocol):
    """Entries one after another; the attributes speak of the entry that was named last."""

    kind: str
    """``file``, ``folder``, ``symlink``, ``hardlink`` or ``other`` (devices, sockets, pipes)."""
    size: int
    """Of a file's content, in bytes."""
    link: str
    """Where a link points, as it is written; for a hard link a path from the root."""
    special: list[tuple[str, int, int]]
    """Files so far that run as their owner or group (setuid, setgid): path, mode, owner; the first thousands."""

    def __iter__(self) -> Iterator[str]:
        """The paths, without leading or trailing slash."""
        ...

    def head(self, length: int) -> bytes:
        """The first bytes of the file at hand (fewer where it is shorter), without moving on."""
        ...

    def content(self) -> Iterator[bytes]:
        """The file at hand in pieces; to be asked for once, before the next entry."""
        ...
