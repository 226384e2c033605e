"""One finding in words, and what tells it from every other, for the formats that list findings one by one."""

import hashlib
from typing import Final

from oakum.model.finding import Finding
from oakum.model.report import Report

_FLOORS: Final = {"critical": 9.0, "high": 7.0, "medium": 4.0, "low": 0.1, "negligible": 0.0}
"""The least CVSS score of a rating (FIRST, CVSS v3.1 specification, section 5)."""


def headline(finding: Finding) -> str:
    """What is wrong with what: ``CVE-2026-1 in libssl3 3.0.11-1``."""
    package = finding.installed.package
    return f"{finding.id} in {package.name} {package.version}".rstrip()


def remedy(finding: Finding) -> str:
    """What to do about it."""
    if not finding.fixed_versions:
        return "no fix is known"
    package = finding.installed.package
    source = finding.evidence[0].name if finding.evidence else package.name
    built = f" (built from {source})" if source and source != package.name and package.source else ""
    return f"upgrade {package.name}{built} to {finding.fixed_versions[0]} or later"


def known(finding: Finding) -> list[str]:
    """What is known of its exploitation, a sentence each."""
    exploited = finding.exploited
    said = [f"known to be exploited (CISA KEV, {exploited.kev})"] if exploited.kev else []
    if exploited.epss is not None:
        said.append(f"EPSS {exploited.epss:.2%}")
    return said


def place(finding: Finding, report: Report) -> str:
    """The layer and its instruction, or the file."""
    installed = finding.installed
    layers = report.artifact.layers
    if 0 <= installed.layer < len(layers) and layers[installed.layer].digest:
        instruction = " ".join(layers[installed.layer].instruction.split())
        return f"layer {installed.layer}: {instruction}" if instruction else f"layer {installed.layer}"
    return installed.package.path


def score(finding: Finding) -> float | None:
    """The CVSS score; where only a rating is known, the least score of that rating; None when nobody rated."""
    if finding.severity.score is not None:
        return finding.severity.score
    return _FLOORS.get(finding.severity.rating)


def links(finding: Finding) -> list[str]:
    """Where a person reads more: the records' pages, each once."""
    return list(dict.fromkeys(one.url for one in finding.evidence if one.url.startswith("https://")))


def fingerprint(finding: Finding) -> str:
    """What stays the same when the image is built again: the flaw, the package without its version, its place.

    The layer is left out, since any rebuild changes its digest, and so is the version: a package that was
    upgraded and is still affected is the same finding.
    """
    package = finding.installed.package
    parts = (finding.id, package.type, package.name, package.path)
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:32]
