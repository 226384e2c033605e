"""Gate a build: scan an artifact, and hold policies against it."""

from msgspec import Struct

from oakum.decisions.policies import judge
from oakum.decisions.rules import Rules
from oakum.flows.read_policies import criteria_of
from oakum.flows.replay_decision import record_of
from oakum.flows.scan_image import ScanAsked, ScanPorts, scan_image
from oakum.model.judgement import Judgement
from oakum.model.policy import Policy
from oakum.model.record import DecisionRecord
from oakum.model.report import Report
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
    """

    policies: tuple[Policy, ...]
    waivers: tuple[Waiver, ...] = ()
    stage: str = "build"
    placement: Placement = Placement()
    platform: str = ""


def gate_build(reference: str, ports: ScanPorts, asked: GateAsked) -> Gated:
    """Judge one artifact by policies.

    Raises:
        OakumError: the artifact cannot be read, or the advisories cannot be used.
    """
    report = scan_image(reference, ports, ScanAsked(platform=asked.platform))
    rules = Rules(asked.policies, criteria_of(asked.policies), asked.waivers)
    subject = subject_of(report, asked.stage, asked.placement)
    judgement = judge(subject, rules, ports.clock.now())
    return Gated(judgement, report, record_of(judgement, subject, rules))


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
