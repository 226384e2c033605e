"""What the parser says of downloaded layers, held to the word of who downloaded them.

The parser reads hostile bytes, so its facts about a layer count only when the fetcher has said
that digest and size held, each time the layer was sent. The fetcher gives that word before it
tells the parser that the layer ended, so it is there when the facts come.
"""

import re
from typing import Final

from oakum.kit.errors import DamagedError, OakumError
from oakum.kit.watched import WatchedHelper
from oakum.model import gaps
from oakum.model.artifact import Artifact
from oakum.model.fact import Gap
from oakum.model.layer_facts import LayerFacts
from oakum.model.reading import Known, LayerRead, Want
from oakum.ports.registries import Source

_DIGEST: Final = re.compile(r"sha256:[0-9a-f]{64}")


class Vouched:
    """Stands between a parser and the source of its layers; without a source it lets everything pass.

    Args:
        source: what downloads, or None.
        catalogers: all that run; a layer for which all of them are known need not be downloaded.
    """

    def __init__(self, source: Source | None, catalogers: frozenset[str]) -> None:
        """Nothing was asked for yet."""
        self._source = source
        self._catalogers = catalogers
        self._workers = 0
        self._layers: tuple[str, ...] = ()

    def begin(self, run: WatchedHelper) -> None:
        """Join the source with a new life of the parser."""
        self._workers = run.workers
        feeding = run.take_feeding() if self._source is not None else ()
        if self._source is not None and feeding:  # else they were taken before, to find out what the name means
            self._source.begin(feeding)

    def want(self, want: Want) -> None:
        """Pass on what the parser wants, when it is something that it may want.

        Raises:
            DamagedError: it is not.
        """
        known = want.part == -1 or (0 <= want.part < len(self._layers) and self._layers[want.part] == want.digest)
        possible = 0 <= want.slot < self._workers and _DIGEST.fullmatch(want.digest)
        if self._source is None or not known or not possible:
            raise DamagedError("the parser asks for what is not in the image")
        self._source.fetch(want)

    def opened(self, artifact: Artifact) -> Artifact:
        """Note which layers there are."""
        self._layers = tuple(layer.digest for layer in artifact.layers)
        return artifact

    def layer(self, layer: LayerRead, known: Known) -> LayerRead:
        """A layer as it counts: its digest is the one that held, or it is a gap."""
        if self._source is None:
            return layer
        digest = self._layers[layer.part]
        if not self._source.asked(layer.part):
            if self._catalogers <= set(known.stored.get(layer.part, ())):
                return LayerRead(layer.part, digest, LayerFacts())
            return LayerRead(layer.part, "", LayerFacts(gaps=layer.facts.gaps or (_gap("nobody asked for it"),)))
        if self._source.held(layer.part):
            return LayerRead(layer.part, digest if layer.digest else "", layer.facts)
        error = self._source.trouble(layer.part)
        return LayerRead(layer.part, "", LayerFacts(gaps=(_gap(str(error or "it was not read to its end")),)))

    def waiting(self) -> bool:
        """Whether the parser waits for a document to come."""
        return self._source is not None and self._source.waiting()

    def trouble(self) -> OakumError | None:
        """Why a document did not come, or why nothing could be downloaded at all."""
        return self._source.trouble() if self._source is not None else None


def _gap(why: str) -> Gap:
    return Gap(gaps.DAMAGED_LAYER, f"the layer was not downloaded whole, and what it holds was not used: {why}")
