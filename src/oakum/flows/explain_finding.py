"""Explain one vulnerability in one target: why it is found there, or why not."""

import functools

from oakum.facts.removed import removed
from oakum.findings.coverage import coverage
from oakum.findings.explain import everything_asked, explain, explain_removed, names_of, notes
from oakum.findings.match import advisory_keys
from oakum.findings.ratings import ratings_of, said
from oakum.flows.kinds import MATCHERS, scheme_of
from oakum.flows.scan_image import ScanPorts
from oakum.flows.take_inventory import take_layers
from oakum.model.advisory import Exploited
from oakum.model.ecosystems import ordering
from oakum.model.explanation import Explanation
from oakum.model.package_purl import package_purl


def explain_finding(reference: str, wanted: str, ports: ScanPorts, platform: str = "") -> Explanation:
    """Judge every record that bears the id, or another id of the same vulnerability, against the target.

    Raises:
        OakumError: the target cannot be read, or the advisories cannot be used.
    """
    advisories = ports.advisories()
    taken, layers = take_layers(reference, ports.reading, platform)
    matchers = [MATCHERS.load(one) for one in MATCHERS.ids()]
    asked = everything_asked(taken.inventory, matchers)
    names = names_of(wanted, advisories.by_id([wanted]))
    records = advisories.by_id(names)
    gone = removed(layers, taken.inventory, {record.package for record in records}, package_purl)
    families = {ordering(name) for name in (*asked.ecosystems, *(one.ecosystem for one in records if gone))}
    schemes = {family: found for family in families if (found := scheme_of(family)) is not None}
    asked_of = taken.inventory.distribution, matchers
    answers = (*explain(records, asked, schemes), *explain_removed(records, gone, asked_of, schemes))
    cves = [name for name in (wanted, *names) if name.startswith("CVE-")]
    listed = next(iter(advisories.cve_records(cves[:1] or names).values()), None)
    weak = coverage(taken.inventory, asked.ecosystems, advisories.about(), ports.clock.now())
    return Explanation(
        reference=taken.artifact.reference,
        wanted=wanted,
        names=tuple(name for name in names if name != wanted),
        answers=answers,
        notes=notes(wanted, records, asked),
        recorded=bool(records),
        ratings=ratings_of([answer.evidence for answer in answers] or said(records), listed),
        listed=listed,
        exploited=functools.reduce(Exploited.joined, advisories.exploited(cves[:1]).values(), Exploited()),
        gaps=(*taken.inventory.gaps, *advisory_keys(taken.inventory, matchers).gaps, *weak),
    )
