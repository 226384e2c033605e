"""Tars that nobody named: of an image, or of a root file system."""

import os

from oakum.kit.archive.tar_index import members
from oakum.kit.errors import DamagedError, UnreadableError
from oakum.model.artifact import Artifact, Layer
from oakum.model.reading import Target
from oakum.sources.archive_members import opened
from oakum.sources.oci_archive import INDEX, open_oci_archive
from oakum.sources.opener import LayerPlace, OpenedTarget, opener
from oakum.sources.saved_image import MANIFEST, open_saved

_ROOT = frozenset({
    "bin", "boot", "dev", "etc", "home", "lib", "lib64", "media", "mnt", "opt", "proc", "root", "run", "sbin", "srv",
    "sys", "tmp", "usr", "var", ".dockerenv",
})  # fmt: skip
"""Names at the top of a root file system (FHS 3.0) and of what ``docker export`` writes; none of an image's archive."""


@opener(example="tar:rootfs.tar.gz", version=1, archive=True)
def tar(target: Target) -> OpenedTarget:
    """A tar by what it holds: an image, or a root file system.

    Images are those of ``docker save`` and OCI layouts, root file systems those of ``docker export``.
    Where both manifests of an image lie in it, ``manifest.json`` is read, and the index where one of
    several platforms was asked for. What it was taken for is the artifact's kind.
    """
    descriptor = opened(target)
    try:
        found = members(descriptor, until=_ROOT)
    except DamagedError as error:
        raise UnreadableError(f"{target.path}: {error}") from None
    if INDEX in found and (target.platform or MANIFEST not in found):
        return open_oci_archive(target, descriptor, found)
    if MANIFEST in found:
        return open_saved(target, descriptor, found)
    if not any(name.split("/", 1)[0] in _ROOT for name in found):
        hint = "unpack it, and scan the folder: dir:DIR"
        raise UnreadableError(f"{target.path} holds neither an image nor a root file system", hint)
    artifact = Artifact(reference=target.reference, kind="tar", layers=(Layer(digest=""),))
    place = LayerPlace(descriptor=descriptor, size=os.fstat(descriptor).st_size, plain=True)
    return OpenedTarget(artifact, (place,))
