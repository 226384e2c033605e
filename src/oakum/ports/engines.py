"""A container engine's images, as a scan asks for them."""

from collections.abc import Callable
from typing import Protocol

from msgspec import Struct


class HeldImage(Struct, frozen=True):
    """An image that an engine holds.

    Attributes:
        engine: what tells this engine from others.
        id: the image's id, a digest.
        names: its tags.
        size: unpacked bytes, as the engine says.
        platforms: it is for, where the engine says it.
        form: opener of what ``save`` gives.
    """

    engine: str
    id: str
    names: tuple[str, ...]
    size: int = 0
    platforms: str = ""
    form: str = "docker_archive"


class Engine(Protocol):
    """A local engine; a sync port."""

    @property
    def title(self) -> str:
        """How people call it: ``the Docker engine``."""
        ...

    def here(self) -> bool:
        """Whether there is a sign of it on this machine; nothing is asked."""
        ...

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

    def save(self, image: HeldImage, platform: str, told: Callable[[int], None]) -> int:
        """The image's archive in an unnamed file; gives its descriptor.

        Args:
            image: that the engine holds.
            platform: which of several, ``all``, or empty for this machine's; what it cannot pick it gives whole.
            told: told the bytes so far, now and then.

        Raises:
            UnreadableError: it has none for the platform.
            TryLaterError: it broke off, or the disk is full.
        """
        ...
