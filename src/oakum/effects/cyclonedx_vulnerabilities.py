"""Findings as the ``vulnerabilities`` of a CycloneDX document."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from oakum.effects.document_identity import instant
from oakum.model.cve import Ssvc
from oakum.model.finding import Evidence, Finding, Suppressed
from oakum.model.inventory import Installed
from oakum.model.report import Report
from oakum.model.severity import Severity

_SEVERITIES: Final = {"negligible": "info", "unscored": "unknown"}
_METHODS: Final = (("CVSS:4.", "CVSSv4"), ("CVSS:3.1/", "CVSSv31"), ("CVSS:3.", "CVSSv3"), ("AV:", "CVSSv2"))
"""Beginnings of vectors; one of CVSS 2 bears no version."""

Row = dict[str, Any]
References = Mapping[Installed, str]
"""The ``bom-ref`` of every package."""


def vulnerabilities(report: Report, references: References) -> list[Row]:
    """One entry for each vulnerability, with every package that it affects; then what was not counted."""
    together: dict[str, list[Finding]] = {}
    for finding in report.findings:
        together.setdefault(finding.id, []).append(finding)
    found = [_vulnerability(same, references) for same in together.values()]
    return found + [_suppressed(one, references) for one in report.suppressed if one.advisory]


def _vulnerability(same: Sequence[Finding], references: References) -> Row:
    """The findings of one id, whose first is the worst."""
    first = same[0]
    evidence = list(dict.fromkeys(one for finding in same for one in finding.evidence))
    row = {
        "id": first.id,
        "source": _source(evidence[0]) if evidence else None,
        "references": _references(first, evidence),
        "ratings": _said(same) or _ratings(first.severity, evidence),
        "cwes": [int(one[4:]) for one in first.cwes if one.startswith("CWE-") and one[4:].isdecimal()],
        "description": first.summary,
        "recommendation": "; ".join(dict.fromkeys(_recommendation(one) for one in same if one.fixed_versions)),
        "advisories": [{"url": url} for url in dict.fromkeys(one.url for one in evidence) if web_address(url)],
        "published": instant(first.published),
        "affects": [_affects(installed, references) for installed in dict.fromkeys(one.installed for one in same)],
        "properties": _exploited(first),
    }
    return {name: value for name, value in row.items() if value}


def _suppressed(one: Suppressed, references: References) -> Row:
    """What was deliberately not counted, with the reason."""
    row: Row = {"id": one.advisory}
    if one.evidence:
        row |= {"source": _source(one.evidence), "ratings": _ratings(one.evidence.severity, [one.evidence])}
    if one.waiver:  # it is there, and somebody lives with it
        row["analysis"] = {"state": "exploitable", "response": ["will_not_fix"], "detail": one.reason}
        return row | {"affects": [_affects(one.installed, references)]}
    row["analysis"] = {"state": "not_affected", "detail": one.reason}
    return row | {"affects": [_affects(one.installed, references, "unaffected")]}


def web_address(text: str) -> bool:
    """Whether a text is an address that a reader may follow."""
    return text.startswith(("https://", "http://")) and text.isascii() and text.isprintable() and " " not in text


def _source(one: Evidence) -> Row:
    return {"name": one.source, "url": one.url} if web_address(one.url) else {"name": one.source}


def _references(first: Finding, evidence: Sequence[Evidence]) -> list[Row]:
    """The other ids; a record says where its own comes from, the others are names that it gives."""
    origin = {one.advisory: _source(one) for one in evidence}
    named = {"name": evidence[0].source} if evidence else {}
    others = [one for one in dict.fromkeys((*first.aliases, *origin)) if one != first.id]
    return [{"id": other, "source": origin.get(other, named)} for other in others]


def _said(same: Sequence[Finding]) -> list[Row]:
    """What every party says, in the order in which their word is taken."""
    every = dict.fromkeys((one.by, one.severity) for finding in same for one in finding.ratings)
    return [_rating(by, severity) for by, severity in every]


def _ratings(taken: Severity, evidence: Sequence[Evidence]) -> list[Row]:
    """The rating that was taken first, then what each record says, each with who says so."""
    stated = [(one.source, one.severity) for one in evidence if one.severity.rating != "unscored"]
    first = next(((source, severity) for source, severity in stated if severity == taken), ("", taken))
    return [_rating(source, severity) for source, severity in dict.fromkeys((first, *stated))]


def _rating(source: str, severity: Severity) -> Row:
    method = next((method for begin, method in _METHODS if severity.vector.startswith(begin)), "other")
    row = {
        "source": {"name": source} if source else None,
        "score": severity.score,
        "severity": _SEVERITIES.get(severity.rating, severity.rating),
        "method": method if severity.vector else None,
        "vector": severity.vector or None,
    }
    return {name: value for name, value in row.items() if value is not None}


def _recommendation(finding: Finding) -> str:
    return f"take {finding.installed.package.name} {finding.take or finding.fixed_versions[0]}"


def _affects(installed: Installed, references: References, status: str = "affected") -> Row:
    version = installed.package.version
    row: Row = {"ref": references.get(installed, installed.purl)}
    return row | {"versions": [{"version": version, "status": status}]} if version else row


def _exploited(finding: Finding) -> list[Row]:
    known = finding.exploited
    values = (
        ("oakum:kev", known.kev),
        ("oakum:epss", "" if known.epss is None else str(known.epss)),
        ("oakum:epss-percentile", "" if known.percentile is None else str(known.percentile)),
        ("oakum:rating", finding.severity.rating),
        ("oakum:ssvc", _ssvc(finding.ssvc) if finding.ssvc else ""),
        ("oakum:rejected", finding.rejected),
    )
    return [{"name": name, "value": value} for name, value in values if value]


def _ssvc(answers: Ssvc) -> str:
    """CISA's answers in one text; what was not said is left out."""
    named = (("exploitation", answers.exploitation), ("automatable", answers.automatable), ("impact", answers.impact))
    return ", ".join(f"{name} {answer}" for name, answer in named if answer)
