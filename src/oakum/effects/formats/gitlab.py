"""The report for GitLab."""

from typing import Any, Final

from oakum import __version__
from oakum.effects.document_identity import UNKNOWN_TIME, instant
from oakum.effects.finding_words import fingerprint, known, links, place, remedy
from oakum.effects.format import Page, output_format
from oakum.effects.whole_text import json_bytes
from oakum.model.finding import Finding
from oakum.model.gaps import BLIND
from oakum.model.report import Report

_SCHEMA: Final = "15.0.4"
_SEVERITIES: Final = {
    "critical": "Critical",
    "high": "High",
    "medium": "Medium",
    "low": "Low",
    "negligible": "Info",
    "unscored": "Unknown",
}
_KINDS: Final = {"CVE": "cve", "GHSA": "ghsa", "DSA": "dsa", "DLA": "dla", "USN": "usn", "RHSA": "rhsa", "ALSA": "alsa"}

Node = dict[str, Any]


@output_format(media_type="application/json", version=1)
def gitlab(report: Report, page: Page) -> bytes:
    """GitLab's report of container scanning (schema 15).

    Gaps are messages of the scan; a scan that could not see everything says ``failure``, since GitLab
    would show its silence as a clean result. Accepted findings are left out: GitLab dismisses by itself.
    """
    del page  # a program has no width
    blind = any(gap.kind in BLIND for gap in report.gaps)
    when = (instant(report.created) or UNKNOWN_TIME).removesuffix("Z")  # as GitLab wants it: UTC, without a zone
    scan: Node = {
        "analyzer": _tool(),
        "scanner": _tool(),
        "type": "container_scanning",
        "start_time": when,
        "end_time": when,
        "status": "failure" if blind else "success",
        "messages": [
            {"level": "warn" if gap.kind in BLIND else "info", "value": f"{gap.kind}: {gap.what} {gap.path}".strip()}
            for gap in report.gaps
        ],
    }
    found = [_vulnerability(finding, report) for finding in report.findings]
    return json_bytes({"version": _SCHEMA, "scan": scan, "vulnerabilities": found, "remediations": []})


def _tool() -> Node:
    return {"id": "oakum", "name": "Oakum", "version": __version__, "vendor": {"name": "Oakum"}}


def _vulnerability(finding: Finding, report: Report) -> Node:
    package = finding.installed.package
    said = [finding.summary, *known(finding), place(finding, report), *finding.installed.paths[:20]]
    return {
        "id": fingerprint(finding),
        "name": (finding.summary.split("\n", 1)[0] or finding.id)[:255],
        "description": "\n\n".join(one for one in said if one)[:100_000],
        "severity": _SEVERITIES[finding.severity.rating],
        "solution": remedy(finding)[:7000],
        "identifiers": [_identifier(name, finding) for name in (finding.id, *finding.aliases) if name] or [_nameless()],
        "links": [{"url": url} for url in links(finding)],
        "location": {
            "dependency": {"package": {"name": package.name}, "version": package.version},
            "operating_system": _system(report),
            "image": (report.artifact.names or (report.artifact.reference,))[0] or "unnamed",
        },
    }


def _identifier(name: str, finding: Finding) -> Node:
    """An id; the record that bears it says where a person reads more."""
    kind = _KINDS.get(name.split("-", 1)[0].upper(), "oakum")
    url = next((one.url for one in finding.evidence if one.advisory == name and one.url.startswith("https://")), "")
    found = {"type": kind, "name": name, "value": name}
    return {**found, "url": url} if url else found


def _nameless() -> Node:
    return {"type": "oakum", "name": "unnamed", "value": "unnamed"}


def _system(report: Report) -> str:
    distribution = report.inventory.distribution
    return (f"{distribution.id} {distribution.version}".strip() if distribution else "") or "unknown"
