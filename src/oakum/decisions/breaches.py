"""What policies say of a subject: broken, not to be judged, or nothing."""

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, partial
from typing import Final

from msgspec.structs import replace

from oakum.decisions.answers import Answers
from oakum.decisions.conditions import Asked, Candidate, Key
from oakum.decisions.criterion import FINDING, PACKAGE, SUBJECT
from oakum.decisions.proofs import not_collected, proof, proof_of_subject
from oakum.decisions.rules import ReadyPolicy, digest_of
from oakum.decisions.scopes import speaks_of
from oakum.decisions.waivers import Acceptances
from oakum.model.gaps import BLIND, UNSEEN
from oakum.model.judgement import Breach, Proof
from oakum.model.subject import Placement, Subject

WARN: Final = "warn"
ALLOW: Final = "allow"

_HIDING: Final = {FINDING: BLIND, PACKAGE: UNSEEN}
"""Gaps that may hide a candidate of a level."""

_SEVERITIES: Final = ("critical", "high", "medium", "low")


class ImageAnswers:
    """What one image answers to the rules of one day, kept for every subject that runs it.

    A gate that admits the same image again asks its findings nothing new; only the workload is another.

    Args:
        subject: of the image; its stage, workload, changes and placement are not looked at.
        accepted: what somebody accepted of it.
    """

    def __init__(self, subject: Subject, accepted: Acceptances) -> None:
        """Nothing is asked yet."""
        self.accepted = accepted
        self._image = replace(subject, stage="", workload=None, changes=None, placement=Placement())
        self.kept: dict[Key, Answers] = {}
        self.held: dict[str, tuple[list[Proof], list[Proof]]] = {}
        self.open: dict[str, list[Proof]] = {}
        self._proofs: dict[tuple[str, int], Proof] = {}

    @cached_property
    def digest(self) -> str:
        """Of everything that is known of the image."""
        return digest_of(self._image)

    def proof(self, level: str, number: int, candidate: Candidate, subject: Subject) -> Proof | None:
        """The proof that a candidate is; one for all policies that it breaks."""
        if level not in _HIDING:
            return proof(candidate, subject)
        found = self._proofs.get((level, number))
        if found is None:
            found = proof(candidate, subject)
            if found is not None:
                self._proofs[level, number] = found
        return found


def breaches_of(subject: Subject, policies: Iterable[ReadyPolicy], image: ImageAnswers) -> list[Breach]:
    """Every breach, worst first."""
    asked = Asked(subject, image.kept)
    return sorted(
        (
            breach
            for policy in policies
            if speaks_of(policy.policy.scope, subject)
            for breach in _breach(policy, asked, image)
        ),
        key=_badness,
    )


def refusals_of(subject: Subject, policies: Iterable[ReadyPolicy], image: ImageAnswers) -> list[tuple[str, Proof]]:
    """Everything that keeps a subject from passing, with the policy's name.

    A breach names what is known to be bad and leaves out what is unknown besides; here both are.
    """
    asked = Asked(subject, image.kept)
    found: list[tuple[str, Proof]] = []
    for ready in policies:
        policy = ready.policy
        if policy.then[subject.stage] != WARN and speaks_of(policy.scope, subject):
            held, failed, unknown = _answered(ready, asked, image)
            found += [(policy.name, one) for one in (*held, *failed)]
            found += [(policy.name, one) for one in unknown() if policy.unknown not in {WARN, ALLOW}]
    return found


def _breach(ready: ReadyPolicy, asked: Asked, image: ImageAnswers) -> Iterator[Breach]:
    policy = ready.policy
    held, failed, unknown = _answered(ready, asked, image)
    action = policy.then[asked.subject.stage]
    breach = Breach(policy.name, policy.title, policy.severity, action, remediation=policy.remediation)
    if held:
        yield replace(breach, proofs=tuple(held))
    elif failed:
        yield replace(breach, unknown=True, failed=True, proofs=tuple(failed))
    elif policy.unknown != ALLOW and (open_ := unknown()):
        action = WARN if policy.unknown == WARN else action
        yield replace(breach, action=action, unknown=True, proofs=tuple(open_))


def _answered(
    ready: ReadyPolicy, asked: Asked, image: ImageAnswers
) -> tuple[list[Proof], list[Proof], Callable[[], list[Proof]]]:
    """What holds, what failed, and, when it is asked for, what cannot be known."""
    level = ready.when.level
    if asked.candidates(level) is None:
        return [], _failures(ready.when.join(asked)), lambda: [not_collected(level)]

    def unknown() -> list[Proof]:
        found = image.open.get(ready.policy.name) if ready.when.of_image else None
        if found is None:
            said = ready.when.join(asked)
            found = [*_proofs(ready, asked, image, said.open()), *_hidden(level, asked.subject)]
            if ready.when.of_image:
                image.open[ready.policy.name] = found
        return found

    kept = image.held.get(ready.policy.name) if ready.when.of_image else None
    if kept is None:
        said = ready.when.join(asked)
        kept = list(_proofs(ready, asked, image, said.held() if said.yes else ())), _failures(said)
        if ready.when.of_image:
            image.held[ready.policy.name] = kept
    return *kept, unknown


def _failures(said: Answers) -> list[Proof]:
    return [Proof(f"could not be computed: {why}") for why in said.why] if said.failed else []


def _proofs(ready: ReadyPolicy, asked: Asked, image: ImageAnswers, which: Iterable[int]) -> Iterator[Proof]:
    level = ready.when.level
    candidates = asked.candidates(level) or ()
    accepts = partial(image.accepted.accepts, ready.policy) if image.accepted else None
    for number in which:
        if accepts and accepts(candidates[number]):
            continue
        found = image.proof(level, number, candidates[number], asked.subject) if level != SUBJECT else None
        yield found or proof_of_subject(ready.policy, asked.subject)


def _hidden(level: str, subject: Subject) -> list[Proof]:
    """A part of the artifact that nobody could judge."""
    hiding = _HIDING.get(level, frozenset())
    return [Proof(f"{gap.kind}: {gap.what} {gap.path}".rstrip()) for gap in subject.gaps if gap.kind in hiding]


def _badness(breach: Breach) -> tuple[bool, bool, int, str]:
    rank = _SEVERITIES.index(breach.severity) if breach.severity in _SEVERITIES else len(_SEVERITIES)
    return breach.action == WARN, breach.open, rank, breach.policy
