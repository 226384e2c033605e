"""A folder of the running system, walked like a tar: never through a link, never off its file system."""

import os
import stat
from collections.abc import Iterator
from typing import Final

from oakum.kit.archive.walker import FILE, FOLDER, OTHER, SPECIAL_BITS, SYMLINK
from oakum.kit.limits import LAYER_ENTRIES, READ_CHUNK, SPECIAL_FILES

_OPEN: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


_STORAGE: Final = frozenset({"var/lib/docker", "var/lib/containerd", "var/lib/containers/storage", "var/lib/rancher"})
"""Where engines unpack images: other artifacts, not software of this file system."""


class FolderWalker:
    """Walks the entries below a folder; implements ``Walker``.

    Attributes:
        unread: paths that could not be opened or listed, with the reason; other file systems
            that are mounted below are passed over and stand here as well.
        left_out: paths that were left out because they are not this file system's own content.
    """

    def __init__(self, root: str) -> None:
        """Walk what is below ``root``."""
        self.kind = OTHER
        self.size = 0
        self.link = ""
        self.special: list[tuple[str, int, int]] = []
        self.unread: list[tuple[str, str]] = []
        self.left_out: list[tuple[str, str]] = []
        self._root = os.path.abspath(root)
        self._path = ""
        self._device = os.stat(self._root).st_dev

    def __iter__(self) -> Iterator[str]:
        """The paths below the root, folders before what is in them, sorted."""
        waiting = [""]
        entries = 0
        while waiting:
            folder = waiting.pop()
            below: list[str] = []
            for entry in self._list(folder):
                path = f"{folder}/{entry.name}" if folder else entry.name
                if self._take(entry, path, below):
                    yield text(path)
                entries += 1
            if entries > LAYER_ENTRIES:
                self.unread.append((text(folder), f"more than {LAYER_ENTRIES} entries; the rest was not walked"))
                return
            waiting.extend(reversed(below))

    def head(self, length: int) -> bytes:
        """The first bytes of the file at hand; nothing when it cannot be opened."""
        try:
            descriptor = os.open(self._path, _OPEN)
        except OSError as error:
            self._note(self._path, error)
            return b""
        try:
            return os.read(descriptor, length)
        except OSError as error:
            self._note(self._path, error)
            return b""
        finally:
            os.close(descriptor)

    def content(self) -> Iterator[bytes]:
        """The file at hand in pieces.

        Raises:
            OSError: it cannot be read; the engine makes a gap of it.
        """
        descriptor = os.open(self._path, _OPEN)
        left = self.size  # a file that grows while it is read is read as it was found
        try:
            while piece := os.read(descriptor, min(left, READ_CHUNK)):
                left -= len(piece)
                yield piece
        finally:
            os.close(descriptor)

    def _list(self, folder: str) -> list["os.DirEntry[str]"]:
        try:
            with os.scandir(os.path.join(self._root, folder)) as listing:
                return sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            self._note(os.path.join(self._root, folder), error)
            return []

    def _take(self, entry: "os.DirEntry[str]", path: str, below: list[str]) -> bool:
        """Take an entry in hand; False when it has gone meanwhile."""
        try:
            status = entry.stat(follow_symlinks=False)
            self.link = text(os.readlink(entry.path)) if stat.S_ISLNK(status.st_mode) else ""
        except OSError as error:
            self._note(entry.path, error)
            return False
        self._path = entry.path
        self.size = status.st_size
        self.kind = _kind(status.st_mode)
        if status.st_mode & SPECIAL_BITS and self.kind is FILE and len(self.special) < SPECIAL_FILES:
            self.special.append((text(path), stat.S_IMODE(status.st_mode), status.st_uid))
        if self.kind is FOLDER:
            self._enter(path, status.st_dev, below)
        return True

    def _enter(self, path: str, device: int, below: list[str]) -> None:
        if path in _STORAGE:
            self.left_out.append((text(path), "holds the images of a container engine: scan those by their names"))
        elif device != self._device:
            self.unread.append((text(path), "another file system is mounted there"))
        else:
            below.append(path)

    def _note(self, path: str, error: OSError) -> None:
        self.unread.append((text(os.path.relpath(path, self._root)), error.strerror or str(error)))


def text(path: str) -> str:
    """A path whose bytes that are no UTF-8 stay visible as escapes, as they do in a tar."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _kind(mode: int) -> str:
    if stat.S_ISREG(mode):
        return FILE
    if stat.S_ISDIR(mode):
        return FOLDER
    return SYMLINK if stat.S_ISLNK(mode) else OTHER
