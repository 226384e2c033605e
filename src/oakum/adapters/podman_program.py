"""Podman by its command line: where no service runs, as is usual for users without root."""

import os
from collections.abc import Callable
from typing import Final, TypeVar

import msgspec
from msgspec import Struct

from oakum.kit.decoding import UNDECODABLE
from oakum.kit.errors import NotPermittedError, OakumError, TryLaterError, UnreadableError
from oakum.kit.limits import SCAN_SECONDS
from oakum.kit.program import Ended, found_program, run
from oakum.ports.engines import HeldImage

_KEPT: Final = (
    "XDG_RUNTIME_DIR", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "CONTAINERS_STORAGE_CONF", "CONTAINERS_CONF",
    "STORAGE_DRIVER", "STORAGE_OPTS",
)  # fmt: skip
"""By what podman finds its images; nothing else of our surroundings is its matter."""

_ANSWER_SECONDS: Final = 60
_SHOWN: Final = 300

T = TypeVar("T")


class _Image(Struct, rename="pascal"):
    """An image of ``podman image inspect``."""

    id: str
    repo_tags: list[str] | None = None
    size: int = 0


class _Listed(Struct, rename="pascal"):
    """An image of ``podman images``."""

    id: str
    names: list[str] | None = None
    size: int = 0
    created: int = 0


class PodmanProgram:
    """Implements ``ports.engines.Engine``.

    Args:
        room: gives the descriptor of an empty unnamed file.
    """

    title = "podman"

    def __init__(self, room: Callable[[], int]) -> None:
        """Nothing is run yet."""
        self._room = room

    def here(self) -> bool:
        """Whether it is installed."""
        return found_program("podman")

    def images(self) -> tuple[HeldImage, ...]:
        """All images that have a tag, the newest first."""
        ended = self._run("images", "--format", "json")
        if ended.code:
            raise _error(ended, "")
        every = sorted(_decoded(ended.output, list[_Listed]), key=lambda image: -image.created)
        return tuple(self._held(image.id, image.names, image.size) for image in every if image.names)

    def image(self, name: str) -> HeldImage:
        """One image by tag or id."""
        ended = self._run("image", "inspect", "--", name)
        if ended.code:
            raise _error(ended, name)
        found = _decoded(ended.output, list[_Image])
        if not found:
            raise UnreadableError(f"podman has no image {name!r}", hint="podman images lists those that are there")
        return self._held(found[0].id, found[0].repo_tags, found[0].size)

    def save(self, image: HeldImage, platform: str, told: Callable[[int], None]) -> int:
        """The image in an archive of an OCI layout."""
        del platform  # a name of podman is an image for one platform, or a list that it resolves itself
        descriptor = self._room()
        try:
            words = ("podman", "save", "--quiet", "--format", "oci-archive", image.id)
            ended = run(words, seconds=SCAN_SECONDS, into=descriptor, kept=_KEPT, told=told)
            if ended.code:
                raise _error(ended, image.id)
        except OakumError:
            os.close(descriptor)
            raise
        return descriptor

    def _run(self, *words: str) -> Ended:
        return run(("podman", *words), seconds=_ANSWER_SECONDS, kept=_KEPT)

    def _held(self, id_: str, names: list[str] | None, size: int) -> HeldImage:
        digest = id_ if id_.startswith("sha256:") else f"sha256:{id_}"
        return HeldImage(f"podman of {os.geteuid()}", digest, tuple(names or ()), size, form="oci_archive")


def _error(ended: Ended, name: str) -> OakumError:
    said = ended.said.splitlines()[-1:] or [f"it ended with {ended.code}"]
    what = said[0].removeprefix("Error: ")[:_SHOWN]
    if "image not known" in ended.said or "unable to find" in ended.said:
        return UnreadableError(f"podman has no image {name!r}", hint="podman images lists those that are there")
    if "permission denied" in ended.said or "operation not permitted" in ended.said:
        return NotPermittedError(f"podman may not do this here: {what}")
    return TryLaterError(f"podman does not give the image: {what}")


def _decoded(output: bytes, shape: type[T]) -> T:
    try:
        return msgspec.json.decode(output, type=shape)
    except UNDECODABLE as error:
        raise TryLaterError(f"what podman says cannot be read: {error}") from None
