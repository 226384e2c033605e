"""Hold other policies against everything that is known, and say whose decision would be another one."""

from collections.abc import Iterator

from msgspec.structs import replace

from oakum.decisions.policies import judge
from oakum.decisions.rules import Rules
from oakum.flows.read_policies import criteria_of
from oakum.flows.snapshot_fleet import fleet_subjects
from oakum.model.api import PolicyTrial, TrialChange
from oakum.model.judgement import Judgement
from oakum.model.policy import Policy
from oakum.model.subject import Subject
from oakum.model.waiver import Waiver
from oakum.model.workload import ContainerSpec, Workload
from oakum.ports.advisories import Advisories
from oakum.ports.clock import Clock
from oakum.ports.fleet import Fleet

_NAMED = 5
"""Proofs that a change names; the decision itself has all of them."""


def try_policies(
    sides: tuple[tuple[Policy, ...], tuple[Policy, ...]],
    waivers: tuple[Waiver, ...],
    stage: str,
    known: tuple[Fleet, Advisories, Clock],
    trust: str = "",
) -> PolicyTrial:
    """Every image of the fleet, judged by both.

    Args:
        sides: the policies that are on, and the others.
        waivers: that hold.
        stage: where in its life each image is judged; for ``deploy`` with the containers that run it.
        known: what is known: the fleet, the advisories, and the time.
        trust: digest of the trust rules that are on.
    """
    fleet, _, clock = known
    now = clock.now()
    before, after = (Rules(some, criteria_of(some), waivers) for some in sides)
    changes, count = [], 0
    for subject in _subjects(stage, known, trust):
        count += 1
        was = judge(subject, before, now, advise=False)
        would = judge(subject, after, now, advise=False)
        if was.outcome != would.outcome:
            running = len(fleet.containers(image_id=would.image_id, limit=_NAMED)[0])
            changes.append(_change(subject, was, would, running))
    return PolicyTrial(stage, count, tuple(sorted(changes, key=lambda one: (not one.hit, one.names, one.image_id))))


def _subjects(stage: str, known: tuple[Fleet, Advisories, Clock], trust: str) -> Iterator[Subject]:
    fleet, advisories, clock = known
    for subject in fleet_subjects(fleet, advisories, clock, trust):
        image_id = subject.artifact.image_id if subject.artifact else ""
        workload = None if stage != "deploy" else _workload(fleet, image_id)
        yield replace(subject, stage=stage, workload=workload)


def _workload(fleet: Fleet, image_id: str) -> Workload:
    """What runs the image now; where nothing does, one container of which nothing is known."""
    running, _ = fleet.containers(image_id=image_id)
    specs = tuple(
        ContainerSpec(one.name, one.image, one.image_id, privileged=one.privileged, user=one.user) for one in running
    )
    return Workload("docker", "", containers=specs or (ContainerSpec("", image_id, image_id),))


def _change(subject: Subject, was: Judgement, would: Judgement, running: int) -> TrialChange:
    had = {(breach.policy, breach.action, breach.unknown) for breach in was.breaches}
    new = [one for one in would.breaches if (one.policy, one.action, one.unknown) not in had]
    return TrialChange(
        would.image_id,
        subject.artifact.names if subject.artifact else (),
        was.outcome,
        would.outcome,
        tuple(replace(breach, proofs=breach.proofs[:_NAMED]) for breach in new),
        running,
    )
