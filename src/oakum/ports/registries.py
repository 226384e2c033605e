"""Registries: an image as a scan asks for it, and a repository as those do who read and write it."""

from collections.abc import Callable, Iterator
from typing import IO, Protocol

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


class Repository(Protocol):
    """One repository of a registry, for what is no image; a sync port.

    Every method raises ``UnreadableError`` where something is missing or is not what its digest says,
    ``NotPermittedError`` where a login is wanted, ``TryLaterError`` where the registry cannot be reached.
    """

    def resolve(self, name: str) -> str:
        """The digest that a tag means now."""
        ...

    def document(self, digest: str, *, manifest: bool) -> bytes:
        """A manifest or a small blob, held to its digest."""
        ...

    def referrers(self, digest: str) -> bytes | None:
        """The index of what refers to a manifest; None where the registry does not keep it (then a tag does)."""
        ...

    def fetch(self, digest: str, size: int, take: Callable[[bytes], None]) -> None:
        """Hand on the bytes of a blob in order; they may be believed when this returns."""
        ...

    def put_blob(self, digest: str, size: int, body: bytes | Callable[[], IO[bytes]]) -> None:
        """Put a blob, unless it is there; ``body`` may open it anew for each try."""
        ...

    def put_manifest(self, data: bytes, media_type: str, tag: str = "") -> tuple[str, bool]:
        """Put a manifest; its digest, and whether the registry took note of its subject."""
        ...


class Catalog(Protocol):
    """What a registry holds; a sync port.

    Every method raises ``UnreadableError`` where something is missing or too long, ``NotPermittedError`` where a login
    is wanted, ``TryLaterError`` where the registry cannot be reached.
    """

    def repositories(self) -> Iterator[str]:
        """Every repository that the login may see."""
        ...

    def tags(self, repository: str) -> Iterator[str]:
        """Every tag of a repository."""
        ...

    def digest(self, repository: str, tag: str) -> str:
        """What a tag points at now: the digest of a manifest or an index."""
        ...
