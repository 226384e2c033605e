"""The decision: policies held against a subject. Pure: the same inputs give the same judgement at any gate."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from oakum.decisions.breaches import ALLOW, WARN, ImageAnswers, breaches_of
from oakum.decisions.flips import flip
from oakum.decisions.names import references
from oakum.decisions.rules import Rules, digest_of
from oakum.decisions.trust import policy_part, verdict
from oakum.decisions.waivers import Acceptances, next_end
from oakum.model.artifact import OWNERS
from oakum.model.judgement import Breach, Judgement
from oakum.model.subject import Subject
from oakum.model.trust import TrustVerdict

DENY: Final = "deny"
UNKNOWN: Final = "unknown"

_NAMED: Final = 100

VERSION: Final = 1
"""Counts changes of how policies are judged; it is part of a judgement's identity, as the criteria's versions are."""


class KnownImage:
    """An image as a gate knows it: asked once, however often it is admitted.

    Args:
        subject: what is known of it; its changes and placement are not looked at.
        rules: what is held against it.
        now: the moment up to which waivers count.

    Attributes:
        answers: what it answered.
        accepted: how many of its findings somebody accepted.
        waived: the first of them, a sentence each.
        until: the moment at which the next waiver ends, or None.
    """

    def __init__(self, subject: Subject, rules: Rules, now: datetime) -> None:
        """Hold the waivers against it."""
        artifact = subject.artifact
        digests = (artifact.digest, artifact.image_id) if artifact else ()
        accepted = Acceptances(rules.waivers, now, references(subject), digests)
        self.answers = ImageAnswers(subject, accepted)
        waived = [said for one in subject.findings or () if (said := accepted.said(one))] if accepted else []
        self.accepted, self.waived = len(waived), tuple(waived[:_NAMED])
        self.until = next_end(rules.waivers, now)


def judge(
    subject: Subject, rules: Rules, now: datetime, known: KnownImage | None = None, *, advise: bool = True
) -> Judgement:
    """Judge a subject by every policy that speaks of it at its stage.

    A policy that denies decides; what cannot be judged refuses too, unless the policy says otherwise, and is told
    apart from what is known to be bad.

    Args:
        subject: what is judged.
        rules: what is held against it.
        now: the moment that ages are counted to.
        known: the subject's image where these rules were held against it today.
        advise: say as well what would make it pass; a gate that only lets pass or not asks for none.
    """
    image = known or KnownImage(subject, rules, now)
    policies = rules.ready(subject.stage, now.date())
    breaches = breaches_of(subject, policies, image.answers)
    outcome = _outcome(breaches)
    own = digest_of((image.answers.digest, subject.stage, subject.workload, subject.changes, subject.placement))
    inputs = (own, rules.digest, rules.waivers_digest, now.date().isoformat())
    return Judgement(
        id=digest_of((VERSION, inputs, outcome)),
        stage=subject.stage,
        outcome=outcome,
        subject=own,
        policies=inputs[1],
        waivers=inputs[2],
        database=subject.database,
        at=inputs[3],
        breaches=tuple(breaches),
        flip=flip(subject, policies, image.answers) if advise and outcome in {DENY, UNKNOWN} else None,
        accepted=image.accepted,
        waived=image.waived,
        reference=subject.artifact.reference if subject.artifact else "",
        image_id=subject.artifact.image_id if subject.artifact else "",
        owner=_owner(subject),
        made=now.isoformat(),
        trust=_trust(subject, outcome, breaches),
    )


def _trust(subject: Subject, outcome: str, breaches: Sequence[Breach]) -> TrustVerdict | None:
    if subject.trust is None or not subject.trust.ruled:
        return None
    return verdict(subject, policy_part(outcome, [breach.policy for breach in breaches if breach.action != WARN]))


def _owner(subject: Subject) -> str:
    config = subject.artifact.config if subject.artifact else None
    return next((config.labels[name] for name in OWNERS if name in config.labels), "") if config else ""


def _outcome(breaches: Sequence[Breach]) -> str:
    if any(breach.action != WARN and not breach.open for breach in breaches):
        return DENY
    if any(breach.action != WARN for breach in breaches):
        return UNKNOWN
    return WARN if breaches else ALLOW
