"""Images in the layout of the OCI image specification: a folder of blobs with an index."""

import os

from oakum.kit.errors import UnreadableError
from oakum.model.reading import Target
from oakum.sources import image_spec as spec
from oakum.sources.layout_places import layout_places
from oakum.sources.oci_image import open_image
from oakum.sources.opener import LayerPlace, OpenedTarget, opener


@opener(example="oci-layout:build/image:latest", version=2, places=layout_places)
def oci_layout(target: Target) -> OpenedTarget:
    """An image in an OCI layout folder.

    ``index.json`` may name several images: a tag or a digest after a colon picks one. Of several
    platforms the one that was asked for is taken, else this machine's, and its platform is shown.
    Manifest and configuration are held to their digests; the layers are when they are read.
    """
    return open_image(target, "oci_layout", _small(target.path, "index.json"), _Folder(target.path))


class _Folder:
    """The blobs of a layout in a folder."""

    def __init__(self, root: str) -> None:
        self._root = root

    def document(self, digest: str) -> bytes:
        data = _small(self._root, os.path.join("blobs", "sha256", spec.hex_of(digest)))
        return spec.verified(data, digest, "a manifest or a configuration")

    def holds(self, digest: str) -> bool:
        return os.path.isfile(self._path(digest))

    def place(self, layer: spec.Descriptor) -> LayerPlace:
        path = self._path(layer.digest)
        try:
            size = os.stat(path).st_size
        except OSError as error:
            return LayerPlace(missing=f"its blob {layer.digest} cannot be opened: {error.strerror}")
        return LayerPlace(path=path, size=size, expected=layer.digest)

    def _path(self, digest: str) -> str:
        return os.path.join(self._root, "blobs", "sha256", spec.hex_of(digest))


def _small(root: str, name: str) -> bytes:
    try:
        descriptor = os.open(os.path.join(root, name), os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except OSError as error:
        raise UnreadableError(f"{os.path.join(root, name)}: {error.strerror}") from None
    try:
        return spec.read_small(descriptor, 0, os.fstat(descriptor).st_size, name)
    finally:
        os.close(descriptor)
