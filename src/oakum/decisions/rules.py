"""What is held against subjects: policies, criteria and waivers, made ready once for all that they judge on a day."""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time
from functools import cached_property

import msgspec
from msgspec import Struct

from oakum.decisions.conditions import Ask, Ready, ready
from oakum.decisions.criterion import Criterion
from oakum.model.policy import Condition, Policy
from oakum.model.waiver import Waiver


class ReadyPolicy(Struct, frozen=True):
    """A policy with its condition made ready."""

    policy: Policy
    when: Ready


class Rules:
    """What is held against subjects.

    Args:
        policies: those that are on.
        criteria: every criterion that they name, by id.
        waivers: accepted findings.
    """

    def __init__(
        self, policies: tuple[Policy, ...], criteria: Mapping[str, Criterion], waivers: tuple[Waiver, ...] = ()
    ) -> None:
        """Nothing is made ready yet."""
        self.policies = policies
        self.criteria = criteria
        self.waivers = waivers
        self._ready: tuple[date, str, tuple[ReadyPolicy, ...]] | None = None

    @cached_property
    def digest(self) -> str:
        """Of the policies and of the versions of their criteria."""
        versions = sorted((name, criterion.version) for name, criterion in self.criteria.items())
        return digest_of((self.policies, versions))

    @cached_property
    def waivers_digest(self) -> str:
        """Of the waivers."""
        return digest_of(self.waivers)

    def ready(self, stage: str, day: date) -> tuple[ReadyPolicy, ...]:
        """The policies of a stage; ages are counted in days, so what was made ready today holds all day."""
        if self._ready is None or self._ready[:2] != (day, stage):
            self._ready = (day, stage, tuple(self._made(stage, day)))
        return self._ready[2]

    def _made(self, stage: str, day: date) -> Iterator[ReadyPolicy]:
        for policy in self.policies:
            if stage in policy.then:
                yield ReadyPolicy(policy, ready_on(day, policy.when, self.criteria))


def ready_on(day: date, condition: Condition, criteria: Mapping[str, Criterion]) -> Ready:
    """A condition made ready for a day.

    Raises:
        ConfigurationError: a criterion is not there, or cannot have its parameters; with their place.
    """
    now = datetime.combine(day, time(), UTC)

    def make(criterion: Criterion, asked: Struct) -> Ask:
        return criterion.make(asked, now) if criterion.timed else criterion.make(asked)

    return ready(condition, criteria, make)


def digest_of(value: object) -> str:
    """The digest of plain values and structs; equal values have equal digests."""
    return "sha256:" + hashlib.sha256(msgspec.msgpack.encode(value, order="deterministic")).hexdigest()
