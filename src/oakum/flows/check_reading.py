"""Check what a parser says of an artifact before any of it is believed or kept.

The parser read hostile bytes, so it may be what a file made of it. What it says of a layer can be true or not; but
it must be about a layer of this artifact, under the digest that the artifact states, and by the catalogers that were
asked for, in the versions that are here. Else facts of one image could be kept as those of another.
"""

import re
from collections.abc import Callable, Collection, Mapping
from typing import Final

from msgspec import structs

from oakum.kit.errors import LimitError
from oakum.kit.limits import LAYERS
from oakum.model import gaps
from oakum.model.artifact import Artifact
from oakum.model.fact import Gap
from oakum.model.layer_facts import LayerFacts
from oakum.model.reading import LayerRead

_DIGEST: Final = re.compile(r"sha256:[0-9a-f]{64}")


def checked_artifact(artifact: Artifact, holds: Callable[[str], bool]) -> Artifact:
    """The artifact as it was opened, without digests that the target does not hold.

    Args:
        artifact: as the parser says.
        holds: whether the target holds a blob, as far as that can be seen without reading it.

    Raises:
        LimitError: it has more than ``LAYERS``.
    """
    if len(artifact.layers) > LAYERS:
        raise LimitError(f"the image has more than {LAYERS} layers")
    layers = tuple(
        layer if _DIGEST.fullmatch(layer.digest) and holds(layer.digest) else structs.replace(layer, digest="")
        for layer in artifact.layers
    )
    return structs.replace(artifact, layers=layers)


def checked_layer(
    layer: LayerRead, artifact: Artifact, wanted: Mapping[str, int], stored: Collection[str]
) -> LayerRead:
    """What was read of a layer, or a gap when it cannot be what was read of it.

    Args:
        layer: as the parser says.
        artifact: as ``checked_artifact`` gave it.
        wanted: version of each cataloger that was asked for.
        stored: the catalogers whose outcomes are known already.
    """
    stated = artifact.layers[layer.part]
    outcomes = {outcome.plugin: outcome.version for outcome in layer.facts.outcomes}
    missing = {plugin: version for plugin, version in wanted.items() if plugin not in stored}
    if layer.digest and layer.digest not in {stated.digest, stated.diff_id}:
        return _refused(layer, f"a layer that the target does not hold ({layer.digest[:80]!r})")
    if layer.digest and not _DIGEST.fullmatch(layer.digest):
        return _refused(layer, "a layer without a digest")
    if len(outcomes) < len(layer.facts.outcomes) or outcomes.items() - missing.items():
        return _refused(layer, "catalogers that were not asked for")
    return layer


def _refused(layer: LayerRead, what: str) -> LayerRead:
    said = f"the parser spoke of {what}: a file may have taken it over, and nothing it said of the layer was used"
    return LayerRead(layer.part, "", LayerFacts(gaps=(Gap(gaps.PARSER_ENDED, said),)))
