"""A container engine's images, as a scan asks for them."""

from typing import Protocol

from msgspec import Struct


class HeldImage(Struct, frozen=True):
    """An image that an engine holds.

    Attributes:
        engine: what tells this engine from others.
        id: the image's id, a digest.
        names: its tags.
        size: unpacked bytes, as the engine says.
    """

    engine: str
    id: str
    names: tuple[str, ...]
    size: int = 0


class Engine(Protocol):
    """A local engine; a sync port."""

    def images(self) -> tuple[HeldImage, ...]:
        """All images that have a tag, the newest first.

        Raises:
            TryLaterError: no engine answers.
            NotPermittedError: it may not be asked.
        """
        ...

    def image(self, name: str) -> HeldImage:
        """One image by tag or id.

        Raises:
            UnreadableError: the engine has none of that name.
            TryLaterError: no engine answers.
            NotPermittedError: it may not be asked.
        """
        ...

    def save(self, image: HeldImage) -> int:
        """The image as ``docker save`` writes it, in an unnamed file; gives its descriptor.

        Raises:
            TryLaterError: it broke off, or the disk is full.
        """
        ...
