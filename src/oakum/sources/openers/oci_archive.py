"""Images in a tar of an OCI layout: what skopeo, podman, buildah, containerd and Docker 25 write."""

from oakum.model.reading import Target
from oakum.sources.archive_members import indexed
from oakum.sources.oci_archive import open_oci_archive
from oakum.sources.opener import OpenedTarget, opener


@opener(example="oci-archive:app.tar:latest", version=1, archive=True)
def oci_archive(target: Target) -> OpenedTarget:
    """An image in a tar of an OCI layout.

    The tar may be packed with gzip or zstandard. Nothing is unpacked but that packing: the blobs are
    read where they lie. A tag or a digest after a second colon picks one of several images; manifests,
    configurations and layers are held to their digests.
    """
    return open_oci_archive(target, *indexed(target))
