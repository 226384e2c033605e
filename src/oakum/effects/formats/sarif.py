"""The report as SARIF."""

from typing import Any, Final
from urllib.parse import quote

from oakum import __version__
from oakum.effects.finding_words import fingerprint, headline, known, links, place, remedy, score
from oakum.effects.format import Page, output_format
from oakum.effects.whole_text import json_bytes
from oakum.model.fact import Gap
from oakum.model.finding import Finding, Suppressed
from oakum.model.gaps import BLIND
from oakum.model.report import Report
from oakum.model.severity import Rating

_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS: Final = {"critical": "error", "high": "error", "medium": "warning", "low": "note", "negligible": "note"}
"""``unscored`` is none of these: nobody rated it, so it is a ``warning``, never a ``note``."""

Node = dict[str, Any]


@output_format(media_type="application/sarif+json", version=2)
def sarif(report: Report, page: Page) -> bytes:
    """SARIF 2.1.0, for code scanning.

    One rule per vulnerability, one result per affected package. Accepted findings are results that
    are suppressed. What could not be read or judged is a notification of the invocation, since
    a result would claim a flaw and silence would claim none.
    """
    del page  # a program has no width
    findings = list(report.findings)
    rules = {finding.id: finding for finding in reversed(findings)}
    order = {name: index for index, name in enumerate(sorted(rules))}
    run: Node = {
        "tool": {"driver": {"name": "Oakum", "version": __version__, "rules": [_rule(rules[one]) for one in order]}},
        "automationDetails": {"id": f"oakum/{report.artifact.kind}"},
        "invocations": [_invocation(report)],
        "results": [_result(finding, order[finding.id], report) for finding in findings]
        + [_accepted(one) for one in report.suppressed if one.waiver],
        "columnKind": "utf16CodeUnits",
        "properties": _properties(report),
    }
    return json_bytes({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(finding: Finding) -> Node:
    said = score(finding)
    more = links(finding)
    properties: Node = {"tags": ["vulnerability", "security", finding.severity.rating], "precision": "high"}
    if said is not None:
        properties["security-severity"] = f"{said:.1f}"
    if finding.severity.vector:
        properties["cvss"] = finding.severity.vector
    text = finding.summary or f"{finding.id} is a known vulnerability."
    rule: Node = {
        "id": finding.id,
        "shortDescription": {"text": text.split("\n", 1)[0][:1000]},
        "fullDescription": {"text": text[:1000]},
        "defaultConfiguration": {"level": _LEVELS.get(finding.severity.rating, "warning")},
        "help": {"text": "\n".join([finding.id, *finding.aliases, *more])},
        "properties": properties,
    }
    return {**rule, "helpUri": more[0]} if more else rule


def _result(finding: Finding, index: int, report: Report) -> Node:
    said = [headline(finding), f"severity: {finding.severity.rating}", *known(finding), remedy(finding)]
    properties = {
        "purl": finding.installed.purl,
        "fixedVersions": list(finding.fixed_versions),
        "place": place(finding, report),
        "ratings": [_rating(one) for one in finding.ratings],
    }
    return {
        "ruleId": finding.id,
        "ruleIndex": index,
        "kind": "fail",
        "level": _LEVELS.get(finding.severity.rating, "warning"),
        "message": {"text": "; ".join(said)},
        "locations": [_location(path, finding.installed.purl) for path in finding.installed.paths[:10]]
        or [_location(finding.installed.package.path, finding.installed.purl)],
        "partialFingerprints": {"oakumFinding/v1": fingerprint(finding)},
        "properties": properties,
    }


def _rating(one: Rating) -> Node:
    """What one party says; the first of a finding's is the one that was taken."""
    said: Node = {"rating": one.severity.rating, "by": one.by}
    if one.severity.score is not None:
        said["score"] = one.severity.score
    return {**said, "vector": one.severity.vector} if one.severity.vector else said


def _accepted(one: Suppressed) -> Node:
    package = one.installed.package
    return {
        "ruleId": one.advisory,
        "kind": "fail",
        "level": "none",
        "message": {"text": f"{one.advisory} in {package.name} {package.version}"},
        "locations": [_location(package.path, one.installed.purl)],
        "suppressions": [{"kind": "external", "status": "accepted", "justification": one.reason}],
    }


def _location(path: str, purl: str) -> Node:
    """A file of the artifact, as a relative reference (RFC 3986); consumers want a line, and a package has none."""
    reference = quote(path.encode("utf-8", "replace"), safe="/") or "."
    return {
        "physicalLocation": {"artifactLocation": {"uri": reference}, "region": {"startLine": 1}},
        "logicalLocations": [{"fullyQualifiedName": purl, "kind": "module"}],
    }


def _invocation(report: Report) -> Node:
    return {
        "executionSuccessful": not any(gap.kind in BLIND for gap in report.gaps),
        "toolExecutionNotifications": [_notification(gap) for gap in report.gaps],
    }


def _notification(gap: Gap) -> Node:
    said: Node = {
        "descriptor": {"id": gap.kind},
        "level": "warning" if gap.kind in BLIND else "note",
        "message": {"text": f"{gap.kind}: {gap.what}"},
    }
    if gap.path:
        reference = quote(gap.path.encode("utf-8", "replace"), safe="/")
        said["locations"] = [{"physicalLocation": {"artifactLocation": {"uri": reference}}}]
    return said


def _properties(report: Report) -> Node:
    found: Node = {"reference": report.artifact.reference, "digest": report.artifact.digest}
    if report.artifact.names:
        found["names"] = list(report.artifact.names)
    if report.decision.asked:
        found["decision"] = report.decision.outcome
    if report.database is not None:
        found["database"] = report.database.digest
    return found
