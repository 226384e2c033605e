"""A container's files on the host: what its writable layer has that its image has not, or has otherwise.

Paths come from the kernel, without symbolic links; each step is opened without following one all the same, since the
container's processes may change a folder while we walk. Hashes of the image's files are kept: those never change.
"""

import hashlib
import os
import stat
from collections import OrderedDict
from collections.abc import Iterator
from typing import Final

from oakum.kit.limits import CONTROL_GROUPS, DRIFT_FILE_BYTES, DRIFT_FILES
from oakum.model.engine_container import Layers

NEW: Final = "new"
CHANGED: Final = "changed"
REMOVED: Final = "removed"
SAME: Final = "same"

_MAY_START: Final = 0o111
_CHUNK: Final = 1 << 20
_FOLDER: Final = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


class Overlay:
    """One container's layers.

    Args:
        layers: where they lie.
        hashes: of files of images, shared by the containers of a host.
    """

    def __init__(self, layers: Layers, hashes: "Hashes") -> None:
        """Nothing is read yet."""
        self._layers = layers
        self._hashes = hashes

    def compare(self, path: str) -> str:
        """What a file of the container is against its image: new, changed, removed or the same.

        A file that is too long to be hashed, or cannot be read, counts as changed: it is never said to be the same.
        """
        upper = _opened(self._layers.upper, path)
        if upper is None:
            return SAME  # what the writable layer has not is seen through from the image
        try:
            found = os.fstat(upper)
            if _is_whiteout(found):
                return REMOVED
            below = self._below(path)
            if below is None:
                return NEW
            return SAME if stat.S_ISREG(found.st_mode) and self._is_same(upper, found, below, path) else CHANGED
        finally:
            os.close(upper)

    def programs(self) -> Iterator[tuple[str, os.stat_result]]:
        """Every file of the writable layer that may be started, by the path that the container has for it.

        One look at each name and nothing opened: this is done while a program waits to be started. A bounded number.
        """
        root, left = self._layers.upper, DRIFT_FILES
        waiting = [root] if root else []
        while waiting:
            for entry in _entries(waiting.pop()):
                left -= 1
                if left < 0:
                    return
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                    continue
                found = _stat(entry)
                if found is not None and stat.S_ISREG(found.st_mode) and found.st_mode & _MAY_START:
                    yield entry.path[len(root) :], found

    def stat_upper(self, path: str) -> os.stat_result | None:
        """What the kernel knows of a file of the writable layer; None where there is none."""
        upper = _opened(self._layers.upper, path)
        if upper is None:
            return None
        try:
            return os.fstat(upper)
        finally:
            os.close(upper)

    def read(self, path: str, most: int, *, image: bool) -> bytes | None:
        """The bytes of a file, of the image alone or as the container has it; None where there is none, or too long."""
        roots = self._layers.lower if image else (self._layers.upper, *self._layers.lower)
        for root in roots:
            opened = _opened(root, path)
            if opened is None:
                continue
            with os.fdopen(opened, "rb") as file:
                found = os.fstat(file.fileno())
                if not stat.S_ISREG(found.st_mode) or found.st_size > most:
                    return None
                return file.read(most)
        return None

    def _below(self, path: str) -> str | None:
        """The layer of the image that has the file."""
        for root in self._layers.lower:
            opened = _opened(root, path)
            if opened is None:
                continue
            gone = _is_whiteout(os.fstat(opened))
            os.close(opened)
            return None if gone else root
        return None

    def _is_same(self, upper: int, found: os.stat_result, below: str, path: str) -> bool:
        lower = _opened(below, path)
        if lower is None:
            return False
        try:
            other = os.fstat(lower)
            if other.st_size != found.st_size or found.st_size > DRIFT_FILE_BYTES or not stat.S_ISREG(other.st_mode):
                return False
            return _hash(upper) == self._hashes.of(lower, other)
        finally:
            os.close(lower)


def _entries(folder: str) -> "list[os.DirEntry[str]]":
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except OSError:
        return []  # it went while we looked


def _stat(entry: "os.DirEntry[str]") -> os.stat_result | None:
    try:
        return entry.stat(follow_symlinks=False)
    except OSError:
        return None


class Hashes:
    """Hashes of the files of images, by what the kernel knows of them; those used longest ago go first."""

    def __init__(self) -> None:
        """None is known yet."""
        self._known: OrderedDict[tuple[int, int, int, int], bytes] = OrderedDict()

    def of(self, descriptor: int, found: os.stat_result) -> bytes:
        """The hash of an open file of an image."""
        key = (found.st_dev, found.st_ino, found.st_ctime_ns, found.st_size)
        if key in self._known:
            self._known.move_to_end(key)
            return self._known[key]
        made = _hash(descriptor)
        self._known[key] = made
        while len(self._known) > CONTROL_GROUPS:
            self._known.popitem(last=False)
        return made


def _hash(descriptor: int) -> bytes:
    made = hashlib.sha256()
    at = 0
    while piece := os.pread(descriptor, _CHUNK, at):
        made.update(piece)
        at += len(piece)
    return made.digest()


def _is_whiteout(found: os.stat_result) -> bool:
    """How an overlay marks what a layer removed (Linux, overlayfs: a character device 0/0)."""
    return stat.S_ISCHR(found.st_mode) and found.st_rdev == 0


def _opened(root: str, path: str) -> int | None:
    """A file below a folder, step by step and through no symbolic link; None where there is none.

    A whiteout is a device without a driver, which cannot be opened for reading: it is opened as a mere name.
    """
    parts = [part for part in path.split("/") if part not in ("", ".")]
    if not root or not parts or ".." in parts:
        return None
    folder = -1
    try:
        folder = os.open(root, _FOLDER)
        for part in parts[:-1]:
            below = os.open(part, _FOLDER, dir_fd=folder)
            os.close(folder)
            folder = below
        kind = os.stat(parts[-1], dir_fd=folder, follow_symlinks=False).st_mode
        flags = _FILE if stat.S_ISREG(kind) else os.O_PATH | os.O_NOFOLLOW | os.O_CLOEXEC
        return os.open(parts[-1], flags, dir_fd=folder)
    except OSError:
        return None
    finally:
        if folder >= 0:
            os.close(folder)
