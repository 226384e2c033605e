"""Make the snapshot that gates decide from: every image of the fleet as it is known now."""

from collections.abc import Iterator

from msgspec.structs import replace

from oakum.findings.coverage import coverage
from oakum.flows.current_names import current_names
from oakum.flows.judge_inventory import find
from oakum.model.fleet import FleetImage, ImageTrust
from oakum.model.signature import Verified
from oakum.model.subject import Placement, Subject
from oakum.ports.advisories import Advisories
from oakum.ports.clock import Clock
from oakum.ports.fleet import Fleet

_PAGE = 200


def fleet_subjects(fleet: Fleet, advisories: Advisories, clock: Clock, trust: str = "") -> Iterator[Subject]:
    """The subject of each image, as a gate of deployment is to know it.

    Args:
        fleet: the images.
        advisories: judged by.
        clock: tells the time.
        trust: digest of the trust rules; what was found by others does not count. Empty: there are none.
    """
    after = ""
    while True:
        heads, after = fleet.images(after=after, limit=_PAGE)
        found = fleet.trust([head.artifact.image_id for head in heads]) if trust else {}
        for head in heads:
            known = fleet.image(head.artifact.image_id)
            if known is not None:
                artifact = replace(known[0].artifact, names=current_names(fleet, known[0].artifact))
                subject = _subject(replace(known[0], artifact=artifact), advisories, clock)
                yield replace(subject, trust=trusted(found.get(artifact.image_id), trust))
        if not after:
            return


def trusted(found: ImageTrust | None, rules: str) -> Verified | None:
    """What was found by these very rules."""
    return found.found if found is not None and found.rules == rules else None


def _subject(image: FleetImage, advisories: Advisories, clock: Clock) -> Subject:
    """Matched anew: a policy also asks what could not be judged, which no store keeps."""
    info = advisories.about()
    found = find(image.inventory, advisories)
    weak = coverage(image.inventory, found.ecosystems, info, clock.now())
    labels = image.artifact.config.labels if image.artifact.config else {}
    return Subject(
        stage="deploy",
        artifact=image.artifact,
        inventory=image.inventory,
        findings=found.findings,
        gaps=(*image.inventory.gaps, *found.gaps, *weak),
        placement=Placement(labels=labels),
        database=info.digest,
        data=info.current[:10],
        scanned=image.assessed[:10],
    )
