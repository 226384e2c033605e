"""The decision: policies held against a subject. Pure: the same inputs give the same judgement at any gate."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

import msgspec
from msgspec.structs import replace

from oakum.decisions.conditions import Candidate, Ready, ready
from oakum.decisions.criterion import CONTAINER, FINDING, PACKAGE, Criterion
from oakum.decisions.flips import flip
from oakum.decisions.proofs import not_collected, proof, proof_of_subject
from oakum.decisions.scopes import speaks_of
from oakum.decisions.waivers import Waived, waive
from oakum.model.gaps import BLIND, UNSEEN
from oakum.model.judgement import Breach, Judgement, Proof
from oakum.model.policy import Policy
from oakum.model.subject import Subject
from oakum.model.waiver import Waiver

DENY: Final = "deny"
WARN: Final = "warn"
ALLOW: Final = "allow"
UNKNOWN: Final = "unknown"

_HIDING: Final = {FINDING: BLIND, PACKAGE: UNSEEN}
"""Gaps that may hide a candidate of a level."""

_SEVERITIES: Final = ("critical", "high", "medium", "low")


class Rules(msgspec.Struct, frozen=True):
    """What is held against subjects.

    Attributes:
        policies: those that are on.
        criteria: every criterion that they name, by id.
        waivers: accepted findings.
    """

    policies: tuple[Policy, ...]
    criteria: Mapping[str, Criterion]
    waivers: tuple[Waiver, ...] = ()


def judge(subject: Subject, rules: Rules, now: datetime) -> Judgement:
    """Judge a subject by every policy that speaks of it at its stage.

    A policy that denies decides; what cannot be judged refuses too, unless the policy says otherwise, and is told
    apart from what is known to be bad.
    """
    waived = _waived(subject, rules, now)
    judged = subject if waived is None else replace(subject, findings=waived.findings)
    breaches = sorted(_breaches(judged, rules, now), key=_badness)
    outcome = _outcome(breaches)
    inputs = _inputs(subject, rules, now)
    return Judgement(
        id=_digest((inputs, outcome, breaches)),
        stage=subject.stage,
        outcome=outcome,
        subject=inputs[0],
        policies=inputs[1],
        waivers=inputs[2],
        database=subject.database,
        at=inputs[3],
        breaches=tuple(breaches),
        flip=flip(judged, breaches) if outcome in {DENY, UNKNOWN} else None,
        accepted=len(waived.suppressed) if waived else 0,
        reference=subject.artifact.reference if subject.artifact else "",
        image_id=subject.artifact.image_id if subject.artifact else "",
        made=now.isoformat(),
    )


def _waived(subject: Subject, rules: Rules, now: datetime) -> Waived | None:
    return None if subject.findings is None else waive(subject.findings, rules.waivers, now.date())


def _breaches(subject: Subject, rules: Rules, now: datetime) -> Iterator[Breach]:
    for policy in rules.policies:
        if subject.stage in policy.then and speaks_of(policy.scope, subject):
            yield from _breach(policy, subject, rules.criteria, now)


def _breach(policy: Policy, subject: Subject, criteria: Mapping[str, Criterion], now: datetime) -> Iterator[Breach]:
    """What one policy says: that it is broken, that it cannot be judged, or nothing."""
    condition = ready(policy.when, criteria, subject, now)
    candidates = _candidates(condition.level, subject)
    if candidates is None:
        held: list[Proof] = []
        unknown = [not_collected(condition.level)]
    else:
        held, unknown = _asked(condition, candidates, policy, subject)
    action = policy.then[subject.stage]
    said = Breach(policy.name, policy.title, policy.severity, action, remediation=policy.remediation)
    if held:
        yield replace(said, proofs=tuple(held))
    elif unknown and policy.unknown != ALLOW:
        action = WARN if policy.unknown == WARN else action
        yield replace(said, action=action, unknown=True, proofs=tuple(unknown))


def _asked(
    condition: Ready, candidates: Sequence[Candidate], policy: Policy, subject: Subject
) -> tuple[list[Proof], list[Proof]]:
    """What holds, and what cannot be known: an answer, or a part of the artifact that nobody could judge."""
    held: list[Proof] = []
    unknown: list[Proof] = []
    for candidate in candidates:
        answer = condition.ask(candidate)
        if answer is not False:
            found = proof(candidate, subject) or proof_of_subject(policy)
            (held if answer else unknown).append(found)
    hiding = _HIDING.get(condition.level, frozenset())
    unknown += [Proof(f"{gap.kind}: {gap.what} {gap.path}".rstrip()) for gap in subject.gaps if gap.kind in hiding]
    return held, unknown


def _candidates(level: str, subject: Subject) -> Sequence[Candidate] | None:
    """What a condition is asked about; None when that part was not collected."""
    if level == FINDING:
        return subject.findings
    if level == PACKAGE:
        return subject.inventory.packages if subject.inventory else None
    if level == CONTAINER:
        return subject.workload.containers if subject.workload else None
    return (subject,)


def _outcome(breaches: Sequence[Breach]) -> str:
    if any(breach.action != WARN and not breach.unknown for breach in breaches):
        return DENY
    if any(breach.action != WARN for breach in breaches):
        return UNKNOWN
    return WARN if breaches else ALLOW


def _badness(breach: Breach) -> tuple[bool, bool, int, str]:
    rank = _SEVERITIES.index(breach.severity) if breach.severity in _SEVERITIES else len(_SEVERITIES)
    return breach.action == WARN, breach.unknown, rank, breach.policy


def _inputs(subject: Subject, rules: Rules, now: datetime) -> tuple[str, str, str, str]:
    """Everything that the judgement rests on, by digest; ages are counted in days, so the day is enough of the time."""
    versions = sorted((name, criterion.version) for name, criterion in rules.criteria.items())
    return (
        _digest(subject),
        _digest((rules.policies, versions)),
        _digest(rules.waivers),
        now.date().isoformat(),
    )


def _digest(value: object) -> str:
    return "sha256:" + hashlib.sha256(msgspec.msgpack.encode(value, order="deterministic")).hexdigest()
