"""An image in a registry, as a scan asks for it."""

from typing import Protocol

from oakum.kit.errors import OakumError
from oakum.model.reading import Want


class Source(Protocol):
    """What streams the parts of an image to the parser; a sync port.

    One life of it belongs to one life of the parser: ``begin`` starts it with the pipes that
    lead there, and whatever was asked before is forgotten.
    """

    def begin(self, feeds: tuple[int, ...]) -> None:
        """Start to serve a parser through its pipes, whose ends it takes over."""
        ...

    def fetch(self, want: Want) -> None:
        """Have something sent to the parser."""
        ...

    def waiting(self) -> bool:
        """Whether a document was asked for and no word about it came yet."""
        ...

    def held(self, part: int) -> bool:
        """Whether a layer was sent whole, each time it was asked for, and digest and size held."""
        ...

    def asked(self, part: int) -> bool:
        """Whether a layer was asked for at all."""
        ...

    def trouble(self, part: int = -1) -> OakumError | None:
        """Why a layer, or a document, could not be fetched."""
        ...


class Registry(Source, Protocol):
    """One image of a registry."""

    def resolve(self, feeds: tuple[int, ...]) -> str:
        """The digest of the manifest that the name means now; the pipes are kept for what is fetched later.

        Raises:
            UnreadableError: the registry has no such image.
            NotPermittedError: it wants another login.
            TryLaterError: it cannot be reached, or asks to wait.
            ConfigurationError: it cannot be trusted.
        """
        ...

    def close(self) -> None:
        """End what was started."""
        ...
