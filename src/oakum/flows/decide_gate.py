"""Decide what a gate asks of the server: match what was taken apart elsewhere, and hold the server's policies to it."""

import msgspec
from msgspec import Struct

from oakum.decisions.policies import judge
from oakum.decisions.rules import Rules
from oakum.findings.coverage import coverage
from oakum.flows.judge_inventory import find
from oakum.flows.read_policies import criteria_of
from oakum.kit.archive import zstd
from oakum.kit.errors import UsageError
from oakum.model.api import GateQuestion
from oakum.model.judgement import Judgement
from oakum.model.policy import Policy
from oakum.model.signature import Verified
from oakum.model.subject import STAGES, Placement, Subject
from oakum.model.waiver import Waiver
from oakum.ports.advisories import Advisories
from oakum.ports.clock import Clock


class Decided(Struct, frozen=True):
    """A judgement with everything that it rests on."""

    judgement: Judgement
    subject: Subject


def decide_gate(
    question: GateQuestion,
    rules: tuple[tuple[Policy, ...], tuple[Waiver, ...]],
    advisories: Advisories,
    clock: Clock,
    trust: Verified | None = None,
) -> Decided:
    """Judge an artifact by what the server knows now.

    Args:
        question: what was taken apart elsewhere.
        rules: policies and waivers.
        advisories: to match with.
        clock: tells the time.
        trust: what was found at this very image by the trust rules that are on.

    Raises:
        UsageError: the stage is none.
        OakumError: the advisories cannot be used.
    """
    if question.stage not in STAGES:
        raise UsageError(f"no stage is named {question.stage[:40]!r}", hint=f"there are: {', '.join(STAGES)}")
    now, info = clock.now(), advisories.about()
    found = find(question.inventory, advisories)
    weak = coverage(question.inventory, found.ecosystems, info, now)
    labels = question.artifact.config.labels if question.artifact.config else {}
    asked = question.placement
    subject = Subject(
        stage=question.stage,
        artifact=question.artifact,
        inventory=question.inventory,
        findings=found.findings,
        gaps=(*question.inventory.gaps, *found.gaps, *weak),
        placement=asked if asked.labels else Placement(asked.environment, asked.cluster, asked.namespace, labels),
        database=info.digest,
        data=info.current[:10],
        scanned=now.date().isoformat(),
        trust=trust,
    )
    policies, waivers = rules
    return Decided(judge(subject, Rules(policies, criteria_of(policies), waivers), now), subject)


def packed(subject: Subject) -> bytes:
    """A subject as the ledger keeps it."""
    return zstd.compress(msgspec.msgpack.encode(subject), 3)


def unpacked(body: bytes, most: int) -> Subject:
    """A subject as the ledger kept it, of no more than so many bytes."""
    return msgspec.msgpack.decode(zstd.ZstdDecompressor().decompress(body, most), type=Subject)
