"""A document that says what is in an artifact, in place of the artifact."""

import os

from oakum.model.artifact import Artifact, Layer
from oakum.model.reading import Target
from oakum.sources.opener import LayerPlace, OpenedTarget, opener
from oakum.sources.sbom_signs import KNOWN_NAMES, suffix_of


@opener(example="sbom:app.cdx.json", version=1, reads=("document",))
def sbom(target: Target) -> OpenedTarget:
    """An SBOM: CycloneDX, SPDX, Syft's JSON or a report of Oakum, whatever its name.

    Its packages are judged as those of the artifact would be; what it does not state is unknown.
    """
    artifact = Artifact(reference=target.reference, kind="sbom", layers=(Layer(digest=""),))
    name = os.path.basename(target.path)
    known = name.lower().endswith(KNOWN_NAMES)
    return OpenedTarget(
        artifact, (LayerPlace(file=target.path, name=name if known else name + suffix_of(target.path)),)
    )
