"""Images as ``docker save`` writes them: a tar with ``manifest.json``."""

from oakum.model.reading import Target
from oakum.sources.archive_members import indexed
from oakum.sources.opener import OpenedTarget, opener
from oakum.sources.saved_image import open_saved


@opener(example="docker-archive:app.tar", version=2, archive=True)
def docker_archive(target: Target) -> OpenedTarget:
    """An image in a tar of ``docker save``, ``podman save`` or ``skopeo``.

    The tar may be packed with gzip or zstandard. A layer that is stored unpacked is held to the
    diff id of the configuration; one that lies under ``blobs/sha256`` is held to its name as well.
    With several images in the archive a tag after a second colon picks one.
    """
    return open_saved(target, *indexed(target))
