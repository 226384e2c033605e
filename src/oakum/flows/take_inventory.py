"""Take the inventory of one target: open it, read what is new, keep it, see the layers as one."""

from collections.abc import Callable, Mapping

from msgspec import Struct, structs

from oakum.facts.cataloger import CATALOGERS
from oakum.flows.check_reading import checked_artifact, checked_layer
from oakum.flows.find_engine_image import Engines
from oakum.flows.find_target import Found, Progress, found
from oakum.kit.errors import UnreadableError
from oakum.kit.limits import FIELD_CHARACTERS
from oakum.model import gaps
from oakum.model.artifact import Artifact
from oakum.model.confinement import Confinement
from oakum.model.fact import Distribution, Gap
from oakum.model.inventory import Inventory
from oakum.model.layer_facts import LayerFacts, Outcome, Tree
from oakum.model.reading import Known, LayerRead, Opened, Target
from oakum.ports.facts import Facts
from oakum.ports.parsers import Parser
from oakum.ports.registries import Registry
from oakum.sources.identity import ARCHIVES
from oakum.sources.image_name import RegistryImage
from oakum.sources.layout_places import holds_blob
from oakum.sources.opener import OPENERS


class ReadingPorts(Struct, frozen=True):
    """What taking an inventory needs of the world."""

    parser: Parser
    facts: Facts
    engine: Engines
    registry: Callable[[RegistryImage], Registry]
    progress: Progress
    say: Progress


class Taken(Struct, frozen=True):
    """An artifact, what is in it, and how the process was confined that read it."""

    artifact: Artifact
    inventory: Inventory
    confinement: Confinement


def take_inventory(
    reference: str, ports: ReadingPorts, platform: str = "", distribution: Distribution | None = None
) -> Taken:
    """The inventory of a target, from the cache as far as its layers are known.

    Args:
        reference: as the person named it.
        ports: what it needs of the world.
        platform: ``os/architecture[/variant]`` where the target holds images for several, or empty for this machine's.
        distribution: whose packages these are, whatever os-release says; None: what it says.

    Raises:
        OakumError: the target cannot be found or opened, or nothing of it can be read.
    """
    return take_layers(reference, ports, platform, distribution)[0]


def take_layers(
    reference: str, ports: ReadingPorts, platform: str = "", distribution: Distribution | None = None
) -> tuple[Taken, list[LayerFacts]]:
    """The inventory of a target, and the facts of each layer that it was joined from; as ``take_inventory``.

    Raises:
        OakumError: the target cannot be found or opened, or nothing of it can be read.
    """
    ports.progress(f"find {reference}")
    with found(reference, ports, platform) as target:
        reader = _Reader(target, _wanted(target.target), ports, reference)
        opened, layers = reader.stored() or reader.read()
    from oakum.effects.escape import visible  # noqa: PLC0415 - loaded while the parser reads, not before it may begin

    ports.progress(visible(f"the parser {opened.confinement.in_words}"[:FIELD_CHARACTERS]))
    ports.progress("join the layers")
    from oakum.facts.squash import squash  # noqa: PLC0415 - loaded while the parser reads, not before it may begin
    from oakum.model.package_purl import package_purl  # noqa: PLC0415 - as above

    digests = [layer.digest for layer in opened.artifact.layers]
    inventory = squash(list(zip(digests, layers, strict=True)), package_purl, distribution)
    weak = [Gap(gaps.UNCONFINED, weakness) for weakness in opened.confinement.weaknesses]
    lost = [Gap(gaps.NOT_KEPT, ports.facts.trouble)] if ports.facts.trouble else []  # of no layer: there may be none
    inventory = structs.replace(inventory, gaps=(*inventory.gaps, *lost, *weak))
    return Taken(opened.artifact, inventory, opened.confinement), layers


def _wanted(target: Target) -> Mapping[str, int]:
    """The catalogers that read what such a target holds, with their versions."""
    reads = OPENERS.index()[target.opener]["reads"]
    return {plugin: entry["version"] for plugin, entry in CATALOGERS.index().items() if entry["reads"] in reads}


class _Reader:
    """Reads one target with the cache in front."""

    def __init__(self, found: Found, wanted: Mapping[str, int], ports: ReadingPorts, typed: str) -> None:
        self._typed = typed
        self._target = found.target
        self._name = found.name
        self._source = found.source
        self._fetch = found.fetch
        self._wanted = wanted
        self._ports = ports
        self._artifact = Artifact(self._target.reference, self._target.opener)
        self._known: dict[int, LayerFacts] = {}

    def stored(self) -> tuple[Opened, list[LayerFacts]] | None:
        """Everything from the cache, when these exact bytes were read before by these plug-ins."""
        opened = self._ports.facts.artifact(self._name) if self._name else None
        if opened is None:
            return None
        layers = [self._layer(layer.digest) for layer in opened.artifact.layers]
        whole = [layer for layer in layers if len(layer.outcomes) == len(self._wanted)]
        if len(whole) < len(layers):
            return None
        return structs.replace(opened, artifact=self._named(opened.artifact)), whole

    def read(self) -> tuple[Opened, list[LayerFacts]]:
        """What is not known yet, by the parser.

        Raises:
            OakumError: not one layer could be read.
        """
        name = self._name
        if self._fetch is not None:
            self._target = self._fetch()
        read: dict[int, LayerFacts] = {}
        digests: dict[int, str] = {}
        for layer in self._ports.parser.read(self._target, tuple(self._wanted), self._opened, self._source):
            stored = [outcome.plugin for outcome in self._known.get(layer.part, LayerFacts()).outcomes]
            sound = checked_layer(layer, self._artifact, self._wanted, stored)
            read[layer.part] = self._take(sound)
            digests[layer.part] = sound.digest
            self._ports.progress(f"read layer {len(read)} of {len(self._artifact.layers)}")
        layers = [read[part] for part in sorted(read)]
        if layers and all(not layer.outcomes and layer.gaps for layer in layers):
            if self._source is not None and (error := self._source.trouble()) is not None:
                raise error
            first = next(gap for layer in layers for gap in layer.gaps if isinstance(gap, Gap))
            raise UnreadableError(f"{self._target.reference}: nothing could be read: {first.what}")
        opened = Opened(self._verified(digests), self._ports.parser.confinement)
        if name and all(digests.values()) and all(layer.complete for layer in layers):
            self._ports.facts.put_artifact(name, opened)
        return opened, layers

    def _opened(self, artifact: Artifact) -> Known:
        """Say which outcomes of each layer are stored; claimed digests are believed once they were hashed."""
        artifact = checked_artifact(artifact, lambda digest: holds_blob(self._target, digest))
        self._artifact = artifact = self._named(artifact)
        self._ports.progress(f"opened: {len(artifact.layers)} layers")
        self._known = {part: self._layer(layer.digest) for part, layer in enumerate(artifact.layers) if layer.digest}
        return Known({part: tuple(outcome.plugin for outcome in known.outcomes) for part, known in self._known.items()})

    def _named(self, artifact: Artifact) -> Artifact:
        """The artifact under the name that the person gave; a tar without a prefix is named by what it turned out."""
        reference = self._target.reference
        if reference != self._typed and self._target.opener == "tar" and artifact.kind in ARCHIVES:
            prefix = artifact.kind.replace("_", "-")
            reference = f"{prefix}:{self._typed}" if reference == f"tar:{self._typed}" else reference
            self._ports.say(f"{self._typed} is taken for {reference}")
        return structs.replace(artifact, reference=reference)

    def _layer(self, digest: str) -> LayerFacts:
        tree, outcomes = self._ports.facts.layer(digest, self._wanted)
        return LayerFacts(tree or Tree(), tuple(outcomes))

    def _take(self, layer: LayerRead) -> LayerFacts:
        """One layer's facts, stored and fresh together; the fresh ones are kept where the digest held."""
        known = self._known.get(layer.part, LayerFacts()) if layer.digest else LayerFacts()
        fresh = layer.facts
        keep = [outcome for outcome in fresh.outcomes if not _passed_over(outcome)]
        tree = known.tree if known.outcomes else fresh.tree  # what is kept already is not said anew
        if layer.digest and keep and fresh.complete:
            self._ports.facts.put_layer(layer.digest, tree, keep)
        return LayerFacts(tree, (*known.outcomes, *fresh.outcomes), fresh.gaps)

    def _verified(self, digests: Mapping[int, str]) -> Artifact:
        """The artifact with the digests that were hashed; a layer that did not hold keeps none."""
        layers = tuple(
            structs.replace(layer, digest=digests.get(part, "")) for part, layer in enumerate(self._artifact.layers)
        )
        return structs.replace(self._artifact, layers=layers)


def _passed_over(outcome: Outcome) -> bool:
    """Whether a run missed a file for a reason of this day; such a run is not kept."""
    return any(isinstance(fact, Gap) and fact.kind == gaps.PARSER_ENDED for fact in outcome.facts)
