"""Gate a build: scan an artifact, and hold policies against it."""

from collections.abc import Callable, Iterator
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from oakum.decisions.policies import judge
from oakum.decisions.rules import Rules
from oakum.decisions.waivers import waive
from oakum.flows.baselines import known, marked
from oakum.flows.look_for_files import globs_of
from oakum.flows.read_policies import criteria_of
from oakum.flows.replay_decision import record_of
from oakum.flows.scan_image import ScanAsked, ScanPorts, scan_image
from oakum.model.artifact import Artifact
from oakum.model.baseline import Baseline
from oakum.model.decision import Decision
from oakum.model.judgement import Judgement
from oakum.model.policy import Policy
from oakum.model.record import DecisionRecord
from oakum.model.report import Report
from oakum.model.signature import Verified
from oakum.model.subject import Placement, Subject
from oakum.model.waiver import Waiver


class Gated(Struct, frozen=True):
    """A judgement with the report that it rests on, and the record that makes it again."""

    judgement: Judgement
    report: Report
    record: DecisionRecord


class GateAsked(Struct, frozen=True):
    """What a gate is asked.

    Attributes:
        policies: to hold against the artifact.
        waivers: accepted findings.
        stage: where in its life the artifact is judged.
        placement: where it is meant to run.
        platform: which image of several, or empty.
        baseline: what was known before, so that it does not count; None: everything counts.
        trust: gives what trusted keys vouch for at an artifact; None: nobody looks.
    """

    policies: tuple[Policy, ...]
    waivers: tuple[Waiver, ...] = ()
    stage: str = "build"
    placement: Placement = Placement()
    platform: str = ""
    baseline: Baseline | None = None
    trust: Callable[[Artifact], Verified | None] | None = None


def gate_build(reference: str, ports: ScanPorts, asked: GateAsked) -> Gated:
    """Judge one artifact by policies.

    Raises:
        OakumError: the artifact cannot be read, or the advisories cannot be used.
    """
    report = scan_image(reference, ports, ScanAsked(platform=asked.platform, look_for=globs_of(asked.policies)))
    waivers = asked.waivers
    if asked.baseline is not None:
        report = marked(report, asked.baseline)
        waivers = (*waivers, *known(asked.baseline, asked.baseline.of))
    rules = Rules(asked.policies, criteria_of(asked.policies), waivers)
    subject = subject_of(report, asked.stage, asked.placement)
    if asked.trust is not None:
        subject = replace(subject, trust=asked.trust(report.artifact))
    now = ports.clock.now()
    judgement = judge(subject, rules, now)
    return Gated(judgement, _judged(report, judgement, waivers, now), record_of(judgement, subject, rules))


def _judged(report: Report, judgement: Judgement, waivers: tuple[Waiver, ...], now: datetime) -> Report:
    """The report as the policies see it: accepted findings apart, and the judgement as the gate's word."""
    artifact = report.artifact
    names = (*artifact.names, artifact.reference.partition(":")[2], artifact.digest, artifact.image_id)
    waived = waive(report.findings, waivers, now, tuple(name for name in names if name))
    outcome = "allow" if judgement.outcome == "warn" else judgement.outcome
    return replace(
        report,
        findings=waived.findings,
        suppressed=(*waived.suppressed, *report.suppressed),
        notices=(*report.notices, *waived.notices),
        decision=Decision(outcome, asked=True, reasons=tuple(_reasons(judgement))),
    )


def _reasons(judgement: Judgement) -> Iterator[str]:
    for breach in judgement.breaches:
        first = f": {breach.proofs[0].what}" if breach.proofs else ""
        more = f" and {len(breach.proofs) - 1} more" if len(breach.proofs) > 1 else ""
        yield f"{breach.word}: {breach.title} ({breach.policy}){first}{more}"
    for upgrade in judgement.flip.upgrades if judgement.flip else ():
        yield f"to pass, take {upgrade.package} {upgrade.take} in place of {upgrade.have}"


def subject_of(report: Report, stage: str, placement: Placement) -> Subject:
    """The subject that a scan's report makes; what was not scanned for is not collected."""
    labels = report.artifact.config.labels if report.artifact.config else {}
    return Subject(
        stage=stage,
        artifact=report.artifact,
        inventory=report.inventory,
        findings=report.findings if "vulnerabilities" in report.scanners else None,
        gaps=report.gaps,
        placement=placement if placement.labels else Placement(
            placement.environment, placement.cluster, placement.namespace, labels
        ),
        database=report.database.digest if report.database else "",
        data=report.database.current[:10] if report.database else "",
        scanned=report.created[:10],
    )  # fmt: skip
