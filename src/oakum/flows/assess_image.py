"""Assess an image: read it, keep what is in it, and hold the policies of a stage against it."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from msgspec import Struct
from msgspec.structs import replace

from oakum.decisions.policies import judge
from oakum.decisions.rules import Rules
from oakum.flows.decide_gate import packed
from oakum.flows.gate_build import subject_of
from oakum.flows.keep_rules import keep_waivers
from oakum.flows.look_for_files import globs_of
from oakum.flows.read_policies import criteria_of
from oakum.flows.scan_image import ScanAsked, ScanPorts, scan_image
from oakum.kit.errors import UsageError
from oakum.model.fleet import FleetImage
from oakum.model.judgement import Judgement
from oakum.model.policy import Policy
from oakum.model.subject import Placement
from oakum.model.waiver import Waiver
from oakum.ports.fleet import Fleet
from oakum.ports.ledger import Ledger


class Keepers(Struct, frozen=True):
    """Where an assessment is kept, and by what it is judged.

    Attributes:
        ledger: keeps the judgement.
        fleet: keeps the image.
        rules: gives the policies that are on, and the waivers that hold.
        scanning: gives the ports of a scan, for as long as it lasts.
    """

    ledger: Ledger
    fleet: Fleet
    rules: Callable[[], tuple[tuple[Policy, ...], tuple[Waiver, ...]]]
    scanning: Callable[[], AbstractContextManager[ScanPorts]]


def assess_image(reference: str, keepers: Keepers, stage: str, names: tuple[str, ...] = ()) -> Judgement:
    """Read an image whose layers are read once, whoever asks; judge it for a stage.

    Args:
        reference: the image.
        keepers: where it is kept.
        stage: ``registry`` or ``deploy``.
        names: under which it is known besides those that it bears.

    Raises:
        OakumError: it cannot be read.
    """
    policies, waivers = keepers.rules()
    with keepers.scanning() as ports:
        report = scan_image(reference, ports, ScanAsked(look_for=globs_of(policies)))
    artifact = report.artifact
    if not artifact.image_id:
        raise UsageError(f"{reference} is no image")
    artifact = replace(artifact, names=tuple(dict.fromkeys((*names, *artifact.names))))
    subject = subject_of(replace(report, artifact=artifact), stage, Placement())
    judgement = judge(subject, Rules(policies, criteria_of(policies), waivers), ports.clock.now())
    keepers.fleet.keep_image(FleetImage(artifact, report.inventory, report.created), report.findings)
    with keepers.ledger.together():
        known = keepers.ledger.judgement(judgement.id) is not None
        keepers.ledger.keep_judgement(judgement, packed(subject))
        keep_waivers(keepers.ledger, waivers)
        if not known:
            detail = {"outcome": judgement.outcome, "stage": stage, "of": reference}
            keepers.ledger.audit("system", "judgement.made", judgement.id, detail)
    return judgement
