"""One file: an archive of Java, a lock file, a program, an SBOM."""

from oakum.model.artifact import Artifact, Layer
from oakum.model.reading import Target
from oakum.sources.opener import LayerPlace, OpenedTarget, opener


@opener(example="file:app.jar", version=1, reads=("installed", "declared", "document"))
def file(target: Target) -> OpenedTarget:
    """One file, read by whatever knows such files by their name or content."""
    artifact = Artifact(reference=target.reference, kind="file", layers=(Layer(digest=""),))
    return OpenedTarget(artifact, (LayerPlace(file=target.path),))
