"""One file of the running system, walked like a folder that holds it alone."""

import os
from collections.abc import Iterator

from oakum.kit.archive.folder import text
from oakum.kit.archive.walker import FILE
from oakum.kit.errors import UnreadableError
from oakum.kit.limits import READ_CHUNK

_OPEN = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC  # a link is followed: the person named it


class SingleWalker:
    """Walks one file; implements ``Walker``.

    Args:
        path: of the file.
        name: under which it is seen, or empty for its own.
    """

    def __init__(self, path: str, name: str = "") -> None:
        """Look at the file.

        Raises:
            UnreadableError: it is not there, or is no regular file.
        """
        self.kind = FILE
        self.link = ""
        self.special: list[tuple[str, int, int]] = []
        self._path = path
        self._name = name or os.path.basename(path)
        try:
            self.size = os.stat(path).st_size
        except OSError as error:
            raise UnreadableError(f"{text(path)}: {error.strerror}") from None
        if not os.path.isfile(path):
            raise UnreadableError(f"{text(path)} is no regular file")

    def __iter__(self) -> Iterator[str]:
        """The one name."""
        yield text(self._name)

    def head(self, length: int) -> bytes:
        """The first bytes.

        Raises:
            UnreadableError: it cannot be opened.
        """
        try:
            descriptor = os.open(self._path, _OPEN)
        except OSError as error:
            raise UnreadableError(f"{text(self._path)}: {error.strerror}") from None
        try:
            return os.read(descriptor, length)
        finally:
            os.close(descriptor)

    def content(self) -> Iterator[bytes]:
        """The file in pieces.

        Raises:
            OSError: it cannot be read.
        """
        descriptor = os.open(self._path, _OPEN)
        left = self.size
        try:
            while piece := os.read(descriptor, min(left, READ_CHUNK)):
                left -= len(piece)
                yield piece
        finally:
            os.close(descriptor)
