"""The blobs of an OCI layout inside a tar."""

from collections.abc import Mapping

from oakum.kit.archive.tar_index import Member
from oakum.kit.errors import UnreadableError
from oakum.model.reading import Target
from oakum.sources import image_spec as spec
from oakum.sources.archive_members import followed
from oakum.sources.oci_image import open_image
from oakum.sources.opener import LayerPlace, OpenedTarget

INDEX = "index.json"


def open_oci_archive(target: Target, descriptor: int, found: Mapping[str, Member]) -> OpenedTarget:
    """The image that is meant.

    Raises:
        OakumError: as ``open_image``.
    """
    blobs = _Archive(descriptor, found)
    return open_image(target, "oci_archive", blobs.small(INDEX), blobs)


class _Archive:
    """Blobs at their offsets in an archive."""

    def __init__(self, descriptor: int, found: Mapping[str, Member]) -> None:
        self._descriptor = descriptor
        self._found = found

    def document(self, digest: str) -> bytes:
        return spec.verified(self.small(_path(digest)), digest, "a manifest or a configuration")

    def holds(self, digest: str) -> bool:
        return followed(self._found, _path(digest)) is not None

    def place(self, layer: spec.Descriptor) -> LayerPlace:
        member = followed(self._found, _path(layer.digest))
        if member is None:
            return LayerPlace(missing=f"the archive has no blob {layer.digest}")
        return LayerPlace(descriptor=self._descriptor, offset=member.offset, size=member.size, expected=layer.digest)

    def small(self, name: str) -> bytes:
        """A small member.

        Raises:
            UnreadableError: it is not there, or too large.
        """
        member = followed(self._found, name)
        if member is None:
            raise UnreadableError(f"the archive has no {name!r}: it holds no OCI layout", hint="try docker-archive:")
        return spec.read_small(self._descriptor, member.offset, member.size, name)


def _path(digest: str) -> str:
    return "blobs/sha256/" + spec.hex_of(digest)
