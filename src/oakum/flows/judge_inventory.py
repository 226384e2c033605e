"""Judge an inventory: match it with what the world knows, rate, waive and decide."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from oakum.decisions.gate import decide
from oakum.decisions.waivers import waive
from oakum.findings.coverage import coverage, data_of
from oakum.findings.match import advisory_keys, cve_ids, match, with_exploited
from oakum.findings.matcher import Matcher
from oakum.findings.ratings import with_ratings, without_rejected
from oakum.flows.kinds import MATCHERS, scheme_of
from oakum.flows.take_inventory import Taken
from oakum.model.decision import GateAsked
from oakum.model.ecosystems import ordering
from oakum.model.fact import Gap
from oakum.model.finding import Finding, Suppressed
from oakum.model.inventory import Inventory
from oakum.model.report import Report
from oakum.model.scheme import Scheme
from oakum.model.waiver import Waiver
from oakum.ports.advisories import Advisories
from oakum.ports.clock import Clock


class JudgementAsked(Struct, frozen=True):
    """What a judgement was asked for.

    Attributes:
        scanners: what the report says was looked for.
        gate: what a gate is to refuse.
        waivers: findings that somebody accepted.
    """

    scanners: tuple[str, ...]
    gate: GateAsked = GateAsked()
    waivers: tuple[Waiver, ...] = ()


class Found(Struct, frozen=True):
    """What advisories say of an inventory, before anything is waived.

    Attributes:
        findings: worst first, rated.
        suppressed: what was deliberately not counted.
        gaps: what could not be asked about or compared.
        ecosystems: whose advisories were asked, sorted.
    """

    findings: tuple[Finding, ...]
    suppressed: tuple[Suppressed, ...]
    gaps: tuple[Gap, ...]
    ecosystems: tuple[str, ...]


def find(inventory: Inventory, advisories: Advisories) -> Found:
    """Match an inventory with advisories, and rate what is found: the same for fresh facts and for stored ones."""
    questions = advisory_keys(inventory, _matchers(inventory))
    matched = match(questions, advisories.lookup(questions.keys), _schemes(questions.ecosystems))
    names = cve_ids(matched.findings)
    listed = advisories.cve_records(names)
    standing, fallen = without_rejected(matched.findings, listed)
    found = with_exploited(with_ratings(standing, listed), advisories.exploited(names))
    return Found(found, (*matched.suppressed, *fallen), matched.gaps, questions.ecosystems)


def judge(taken: Taken, advisories: Advisories, clock: Clock, asked: JudgementAsked) -> Report:
    """Judge an inventory by advisories: the same for fresh facts and for stored ones."""
    found = find(taken.inventory, advisories)
    info, now = advisories.about(), clock.now()
    weak = coverage(taken.inventory, found.ecosystems, info, now)
    artifact = taken.artifact
    reference = artifact.reference.partition(":")[2] or artifact.reference
    names = tuple(name for name in (*artifact.names, reference, artifact.digest, artifact.image_id) if name)
    waived = waive(found.findings, asked.waivers, now, names)
    gaps = (*taken.inventory.gaps, *found.gaps, *weak)
    return Report(
        artifact=taken.artifact,
        inventory=taken.inventory,
        findings=waived.findings,
        suppressed=(*waived.suppressed, *found.suppressed),
        gaps=gaps,
        decision=decide(waived.findings, gaps, asked.gate, data_of(info, now)),
        notices=waived.notices,
        database=info,
        created=now.isoformat(),
        scanners=asked.scanners,
        confinement=taken.confinement,
    )


def unjudged(taken: Taken, clock: Clock, scanners: tuple[str, ...], gate: GateAsked) -> Report:
    """The report of an inventory alone."""
    return Report(
        artifact=taken.artifact,
        inventory=taken.inventory,
        gaps=taken.inventory.gaps,
        decision=decide((), taken.inventory.gaps, gate),
        created=clock.now().isoformat(),
        scanners=scanners,
        confinement=taken.confinement,
    )


def _matchers(inventory: Inventory) -> Sequence[Matcher]:
    """The matchers for what is installed; the others are not imported."""
    types = {installed.package.type for installed in inventory.packages}
    return [MATCHERS.load(one) for one, entry in MATCHERS.index().items() if types & set(entry["types"])]


def _schemes(ecosystems: Sequence[str]) -> Mapping[str, Scheme]:
    """The version schemes of the ecosystems that are asked about."""
    families = {ordering(ecosystem) for ecosystem in ecosystems}
    return {family: found for family in families if (found := scheme_of(family)) is not None}
