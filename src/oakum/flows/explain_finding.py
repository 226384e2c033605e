"""Explain one vulnerability in one target: why it is found there, or why not."""

from oakum.findings.coverage import coverage
from oakum.findings.explain import everything_asked, explain, names_of, notes
from oakum.findings.match import advisory_keys
from oakum.flows.kinds import MATCHERS, scheme_of
from oakum.flows.scan_image import ScanPorts
from oakum.flows.take_inventory import take_inventory
from oakum.model.ecosystems import ordering
from oakum.model.explanation import Explanation


def explain_finding(reference: str, wanted: str, ports: ScanPorts, platform: str = "") -> Explanation:
    """Judge every record that bears the id, or another id of the same vulnerability, against the target.

    Raises:
        OakumError: the target cannot be read, or the advisories cannot be used.
    """
    advisories = ports.advisories()
    taken = take_inventory(reference, ports.reading, platform)
    matchers = [MATCHERS.load(one) for one in MATCHERS.ids()]
    asked = everything_asked(taken.inventory, matchers)
    names = names_of(wanted, advisories.by_id([wanted]))
    records = advisories.by_id(names)
    families = {ordering(name) for name in asked.ecosystems}
    schemes = {family: found for family in families if (found := scheme_of(family)) is not None}
    weak = coverage(taken.inventory, asked.ecosystems, advisories.about(), ports.clock.now())
    return Explanation(
        reference=taken.artifact.reference,
        wanted=wanted,
        names=tuple(name for name in names if name != wanted),
        answers=explain(records, asked, schemes),
        notes=notes(wanted, records, asked),
        recorded=bool(records),
        gaps=(*taken.inventory.gaps, *advisory_keys(taken.inventory, matchers).gaps, *weak),
    )
