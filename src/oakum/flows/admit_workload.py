"""Admit a workload: the same decision at every door, from a snapshot, by one pure function."""

from collections import OrderedDict
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from oakum.decisions.conditions import leaves
from oakum.decisions.criterion import Criterion
from oakum.decisions.policies import KnownImage, judge
from oakum.decisions.rules import Rules
from oakum.kit.errors import ConfigurationError
from oakum.model.judgement import Breach, Judgement, Proof
from oakum.model.subject import Placement, Subject
from oakum.model.workload import Workload
from oakum.ports.clock import Clock
from oakum.ports.snapshots import Snapshot, Snapshots

_WORST: Final = ("allow", "warn", "unknown", "deny")
_ANYWHERE: Final = Placement()
_KEPT: Final = 64
"""Images whose answers are kept."""


class Admission(Struct, frozen=True):
    """The answer of a gate.

    Attributes:
        outcome: ``allow``, ``warn``, ``unknown`` or ``deny``: the worst of its judgements.
        judgements: one per image of the workload.
        snapshot: digest of the snapshot, or empty where there was none.
    """

    outcome: str
    judgements: tuple[Judgement, ...]
    snapshot: str = ""

    @property
    def admitted(self) -> bool:
        """Whether the workload may run."""
        return self.outcome in {"allow", "warn"}

    @property
    def reason(self) -> str:
        """One line for whoever asked: the worst breach, and the id of its judgement."""
        worst = max(self.judgements, key=lambda one: _WORST.index(one.outcome))
        if not worst.breaches:
            return f"passed ({worst.id[:19]})"
        breach = worst.breaches[0]
        first = f": {breach.proofs[0].what}" if breach.proofs else ""
        return f"{breach.policy}: {breach.title}{first} (decision {worst.id[:19]})"


class Door:
    """What every gate decides with.

    An image is asked once a day for its findings; when it is admitted again, only the workload is asked.

    Args:
        snapshots: what is known.
        criteria: every criterion, loaded before the first question.
        clock: the time.
        placement: where the gate stands.
    """

    def __init__(
        self, snapshots: Snapshots, criteria: Mapping[str, Criterion], clock: Clock, placement: Placement = _ANYWHERE
    ) -> None:
        """Nothing is asked yet."""
        self.snapshots = snapshots
        self.clock = clock
        self.placement = placement
        self._criteria = criteria
        self._rules: tuple[Snapshot, Rules] | None = None
        self._known: OrderedDict[tuple[str, date], KnownImage] = OrderedDict()

    def prepare(self) -> None:
        """Make ready what the newest snapshot asks, so that the first question waits for no criterion."""
        snapshot = self.snapshots.newest()
        if snapshot is not None:
            with suppress(ConfigurationError):  # whoever asks is told
                self.rules(snapshot).ready("deploy", self.clock.now().date())

    def rules(self, snapshot: Snapshot) -> Rules:
        """The policies and waivers of a snapshot, made ready once."""
        if self._rules is None or self._rules[0] is not snapshot:
            named = {leaf.criterion for policy in snapshot.policies for leaf in leaves(policy.when)}
            criteria = {name: self._criteria[name] for name in named if name in self._criteria}
            self._rules = (snapshot, Rules(snapshot.policies, criteria, snapshot.waivers))
            self._known.clear()
        return self._rules[1]

    def known(self, name: str, subject: Subject, rules: Rules, now: datetime) -> KnownImage:
        """What an image answered already."""
        key = (name, now.date())
        found = self._known.pop(key, None)
        if found is None or (found.until is not None and found.until <= now):
            found = KnownImage(subject, rules, now)
        self._known[key] = found
        if len(self._known) > _KEPT:
            self._known.popitem(last=False)
        return found


def admit_workload(workload: Workload, door: Door) -> Admission:
    """Judge each image of a workload together with its specification.

    An image that nobody assessed is judged by what is known, which is its specification alone: policies about its
    content answer unknown, and refuse unless they say otherwise. Without a snapshot, or with one that is too old,
    nothing is known; and where a policy cannot be used here, since its criterion or the engine of its expressions is
    missing, nothing can be said.
    """
    snapshot = door.snapshots.newest()
    now = door.clock.now()
    if snapshot is None or now.timestamp() - snapshot.made > snapshot.greatest_age:
        what = "there is no snapshot of policies and images" if snapshot is None else "the snapshot is too old"
        return _refused(workload, snapshot, "What the gate knows is current", what)
    try:
        return _judged(workload, door, snapshot, now)
    except ConfigurationError as error:
        return _refused(workload, snapshot, "The gate can use its policies", str(error))


def _judged(workload: Workload, door: Door, snapshot: Snapshot, now: datetime) -> Admission:
    rules = door.rules(snapshot)
    placement = replace(door.placement, namespace=workload.namespace or door.placement.namespace)
    images = dict.fromkeys(container.digest or container.image for container in workload.containers)
    judgements = []
    for name in images or [""]:
        image = snapshot.subject(name)
        known = door.known(name, image, rules, now) if image else None
        subject = _subject(image, workload, placement)
        judgements.append(judge(subject, rules, now, known, advise=False))
    outcome = max((judgement.outcome for judgement in judgements), key=_WORST.index)
    return Admission(outcome, tuple(judgements), snapshot.digest)


def _subject(known: Subject | None, workload: Workload, placement: Placement) -> Subject:
    if known is None:
        return Subject("deploy", workload=workload, placement=placement)
    labels = known.artifact.config.labels if known.artifact and known.artifact.config else {}
    return replace(known, stage="deploy", workload=workload, placement=replace(placement, labels=labels))


def _refused(workload: Workload, snapshot: Snapshot | None, title: str, what: str) -> Admission:
    """Refuse: a gate that knows nothing, or nothing of today, does not guess."""
    breach = Breach("snapshot", title, "critical", "deny", unknown=True, proofs=(Proof(what),))
    digest = snapshot.digest if snapshot else ""
    name = f"sha256:{'0' * 64}"
    judgement = Judgement(name, "deploy", "unknown", workload.name, digest, "", "", "", (breach,))
    return Admission("unknown", (judgement,), digest)
