"""The parser, as a scan asks for it."""

from collections.abc import Callable, Iterator
from typing import Protocol

from oakum.kit.errors import UsageError
from oakum.model.artifact import Artifact
from oakum.model.confinement import Confinement
from oakum.model.reading import Known, LayerRead, Target
from oakum.ports.registries import Source


class SeveralImagesError(UsageError):
    """Every platform of a target was asked for, and it holds several images: each has to be asked for by itself.

    Attributes:
        platforms: what to ask for, as the parser says.
    """

    def __init__(self, platforms: tuple[str, ...]) -> None:
        """Say how many."""
        super().__init__(f"the target holds images for {len(platforms)} platforms", "name one: --platform OS/ARCH")
        self.platforms = platforms


class Parser(Protocol):
    """Reads targets in a process of its own; a sync port."""

    confinement: Confinement
    """How the process was confined that opened the last target."""

    def read(
        self,
        target: Target,
        catalogers: tuple[str, ...],
        opened: Callable[[Artifact], Known],
        source: Source | None = None,
    ) -> Iterator[LayerRead]:
        """Read the layers of a target as they come; ``opened`` is called first and says what is known.

        A file that ends the parser becomes a gap of its layer, and the reading goes on. Layers of a
        ``source`` count only with its word that they were sent whole.

        Raises:
            SeveralImagesError: every platform was asked for, and there are several.
            OakumError: the target cannot be opened, or the time for the scan is over.
        """
        ...

    def take_feeding(self) -> tuple[int, ...]:
        """The sending ends of the pipes to the process that will read the next target, once."""
        ...

    def close(self) -> None:
        """End what was started and is not needed."""
        ...
