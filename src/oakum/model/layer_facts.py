"""What was read from one layer, in the form that is cached."""

from typing import Final

from msgspec import Struct

from oakum.model.fact import Fact

MODEL_VERSION: Final = 4
"""Counts changes of the stored form; part of every cache key."""


class Tree(Struct, frozen=True, array_like=True):
    """What a layer does to the paths below it.

    Attributes:
        entries: every path of the layer without leading slash, directories with a trailing one,
            joined by NUL bytes and packed with zstandard.
        whiteouts: paths that the layer removes.
        opaque: directories whose lower content the layer hides.
        special: setuid and setgid files: path, mode, owner; None where the layer says nothing of modes.
    """

    entries: bytes = b""
    whiteouts: tuple[str, ...] = ()
    opaque: tuple[str, ...] = ()
    special: tuple[tuple[str, int, int], ...] | None = None


class Outcome(Struct, frozen=True, array_like=True):
    """How one plug-in run on one layer went.

    Attributes:
        plugin: the cataloger's id.
        version: its version.
        facts: what it saw, gaps included.
    """

    plugin: str
    version: int
    facts: tuple[Fact, ...] = ()


class LayerFacts(Struct, frozen=True, array_like=True):
    """Everything that was read from one layer.

    Attributes:
        tree: what the layer does to paths.
        outcomes: one per cataloger.
        gaps: what the engine itself could not read.
    """

    tree: Tree = Tree()
    outcomes: tuple[Outcome, ...] = ()
    gaps: tuple[Fact, ...] = ()

    @property
    def complete(self) -> bool:
        """True when nothing of the reading failed, so that the facts may be kept."""
        return not self.gaps
