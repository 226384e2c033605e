"""What the layers above do to the paths of a layer: hide them, remove them, put something in their folder's place.

Source: OCI image specification, "Layer Filesystem Changeset".
"""

from functools import lru_cache
from typing import Final

from oakum.kit.archive import zstd
from oakum.kit.limits import MIB
from oakum.model.layer_facts import Tree

_TREE_BYTES: Final = 512 * MIB
_FOLDERS: Final = 20_000


class Above:
    """What the layers above the one at hand do to paths.

    Of the hundred thousand paths of a layer only those matter that a fact below may be hidden by.
    """

    def __init__(self, below: set[str]) -> None:
        """Nothing lies above yet; ``below`` are the paths that may be hidden."""
        folders = {folder for path in below for folder in folders_of(path)}
        self._matter = below | folders | {path + "/" for path in below}
        self._entries: set[str] = set()
        self._gone: set[str] = set()
        self._opaque: set[str] = set()

    def add(self, tree: Tree) -> None:
        """Add a layer's tree."""
        if tree.entries:
            self._entries |= self._matter.intersection(text_of(tree.entries).split("\0"))
        self._gone.update(tree.whiteouts)
        self._opaque.update(tree.opaque)

    def hides(self, paths: set[str]) -> set[str]:
        """Which of the paths are hidden."""
        if not (self._entries or self._gone or self._opaque):
            return set()
        folders = {folder for path in paths for folder in folders_of(path)}
        lost = {folder for folder in folders if folder in self._opaque or self._replaces(folder)}
        if "" in self._opaque:
            return set(paths)
        return {path for path in paths if self._covers(path) or not lost.isdisjoint(folders_of(path))}

    def _covers(self, path: str) -> bool:
        return path in self._entries or path in self._gone or path + "/" in self._entries

    def _replaces(self, folder: str) -> bool:
        return folder in self._entries or folder in self._gone


def text_of(entries: bytes) -> str:
    """The paths of a tree, bounded once more: they come from the process that reads hostile bytes."""
    return zstd.ZstdDecompressor().decompress(entries, _TREE_BYTES).decode("utf-8", "replace")


@lru_cache(maxsize=_FOLDERS)
def folders_of(path: str) -> tuple[str, ...]:
    """All folders that a path lies in, without the root; asked several times of every file that says something."""
    found = []
    at = path.find("/")
    while at >= 0:
        found.append(path[:at])
        at = path.find("/", at + 1)
    return tuple(found)
