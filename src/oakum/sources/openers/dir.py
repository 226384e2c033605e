"""A folder that is no root file system: a source tree, an application, a build output."""

from oakum.model.artifact import Artifact, Layer
from oakum.model.reading import Target
from oakum.sources.opener import LayerPlace, OpenedTarget, opener


@opener(example="dir:./dist", version=2, reads=("installed", "declared"))
def dir(target: Target) -> OpenedTarget:  # noqa: A001 - the plug-in is named as users name the target
    """What a source tree declares in its lock files, and the packages installed in it.

    No distribution is expected there.
    """
    artifact = Artifact(reference=target.reference, kind="dir", layers=(Layer(digest=""),))
    return OpenedTarget(artifact, (LayerPlace(folder=target.path),))
