"""A root file system of this machine: a chroot, a mounted image, or the machine itself."""

from oakum.model.artifact import Artifact, Layer
from oakum.model.reading import Target
from oakum.sources.opener import LayerPlace, OpenedTarget, opener


@opener(example="rootfs:/", version=1)
def rootfs(target: Target) -> OpenedTarget:
    """The root file system in a folder.

    What is mounted below it is not entered; each such place is a gap.
    """
    artifact = Artifact(reference=target.reference, kind="rootfs", layers=(Layer(digest=""),))
    return OpenedTarget(artifact, (LayerPlace(folder=target.path),))
