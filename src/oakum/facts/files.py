"""What a cataloger is handed: the files of its groups, already bounded by the engine."""

import io
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from msgspec import Struct


class NeedsWholeError(Exception):
    """A cataloger of contents needs the whole file and not what lies around a marker.

    Few files are so, and they are known only when they have passed by: the engine has their layer read once more
    and hands them whole.
    """


class File(Struct, frozen=True):
    """One file that a cataloger asked for.

    Attributes:
        path: from the root, without leading slash.
        size: in bytes.
        data: the whole content; empty when the file is in the spill or only windows were asked for.
        spill: the content as a seekable stream, for a group declared ``large`` when the file is big, and for a
            group of contents that asked for the rest, or whose cataloger raised ``NeedsWholeError``.
        windows: for a group of contents: up to four stretches of the file, each from a marker on.
    """

    path: str
    size: int
    data: bytes = b""
    spill: BinaryIO | None = None
    windows: tuple[bytes, ...] = ()

    def open(self) -> BinaryIO:
        """The content as a seekable stream, wherever it is."""
        return self.spill if self.spill is not None else io.BytesIO(self.data)

    def text(self) -> str:
        """The content as text; bytes that are no UTF-8 become replacement characters."""
        return self.data.decode("utf-8", "replace")


class Files(Struct, frozen=True):
    """The files of one call, by the name of their group.

    A cataloger per file gets one file in one group; a cataloger per layer gets all that the
    layer holds. ``files.status`` is the group ``status``.
    """

    groups: dict[str, tuple[File, ...]]

    def __getattr__(self, group: str) -> Sequence[File]:
        """The files of a group, empty when the layer has none; in the order of their paths."""
        if group.startswith("__"):
            raise AttributeError(group)
        return self.groups.get(group, ())

    def every(self) -> Iterator[File]:
        """All files of all groups."""
        for files in self.groups.values():
            yield from files
