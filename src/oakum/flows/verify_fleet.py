"""Look at every image of the fleet for what trust rules want of it, when there are other rules or it is time."""

from collections.abc import Callable, Iterator
from typing import Final

from msgspec import Struct

from oakum.flows.verify_trust import ImagePlace, Verifiers, verify_trust, without_bodies
from oakum.kit.errors import OakumError
from oakum.model.artifact import Artifact
from oakum.model.fleet import ImageTrust
from oakum.model.signature import Verified
from oakum.model.trust import TrustRules
from oakum.ports.fleet import Fleet

TRUST: Final = "trust"
"""The setting that holds the rules."""
_PAGE: Final = 200


class Looking(Struct, frozen=True):
    """How images are looked at.

    Attributes:
        rules: who must vouch for what.
        verifiers: make keys and roots of texts.
        place: a name and a manifest's digest -> where the image lies; None where no registry can be asked.
        due: whether it is time to look again at an image, by its id and what was found.
    """

    rules: TrustRules
    verifiers: Verifiers
    place: Callable[[str, str], ImagePlace | None]
    due: Callable[[str, ImageTrust | None], bool]


def verify_fleet(fleet: Fleet, looking: Looking) -> list[str]:
    """Keep what is found at each image where it changed; give what failed, a sentence each.

    An image whose registry does not answer keeps what was found by the same rules: what was proven stays proven.
    """
    troubles = []
    for artifact, known in _images(fleet):
        if not looking.due(artifact.image_id, known):
            continue
        try:
            seen = _look(fleet, artifact, looking)
        except OakumError as error:
            troubles.append(f"{artifact.reference}: {error}")
            continue
        found = ImageTrust(without_bodies(seen), looking.rules.digest)
        if found != known:
            fleet.keep_trust(artifact.image_id, found)
    return troubles


def _images(fleet: Fleet) -> Iterator[tuple[Artifact, ImageTrust | None]]:
    after = ""
    while True:
        heads, after = fleet.images(after=after, limit=_PAGE)
        known = fleet.trust([head.artifact.image_id for head in heads])
        for head in heads:
            yield head.artifact, known.get(head.artifact.image_id)
        if not after:
            return


def _look(fleet: Fleet, artifact: Artifact, looking: Looking) -> Verified:
    """Where the registries' own tags point at it; a name that somebody else gave it, or an engine, is no place."""
    tags = fleet.tags(artifact.image_id)
    names = [f"{one.repository}:{one.tag}" for one in tags]
    for name in names:
        place = looking.place(name, artifact.digest)
        if place is not None:
            return verify_trust(names, place, looking.rules, looking.verifiers)
    return Verified(artifact.digest, (), ("no watched registry has it under a tag",), ruled=True)
