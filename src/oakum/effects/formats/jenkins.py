"""The report in the native form of Jenkins' warnings plug-in."""

from typing import Any, Final

from oakum.effects.finding_words import fingerprint, headline, known, links, place, remedy
from oakum.effects.format import Page, output_format
from oakum.effects.whole_text import json_bytes
from oakum.model.fact import Gap
from oakum.model.finding import Finding
from oakum.model.report import Report

_SEVERITIES: Final = {"critical": "ERROR", "high": "HIGH", "medium": "NORMAL", "unscored": "NORMAL"}
_CLASS: Final = "io.jenkins.plugins.analysis.core.restapi.ReportApi"

Node = dict[str, Any]


@output_format(media_type="application/json", version=1)
def jenkins(report: Report, page: Page) -> bytes:
    """JSON of Jenkins' warnings-ng plug-in, read by ``recordIssues tool: issues()``.

    Each finding is an issue with a fingerprint that stays when the image is built again, so that Jenkins tells
    new ones from old. What could not be judged is an issue too, of its own category.
    """
    del page  # a program has no width
    issues = [_issue(finding, report) for finding in report.findings] + [_gap(gap) for gap in report.gaps]
    return json_bytes({"_class": _CLASS, "issues": issues, "size": len(issues)})


def _issue(finding: Finding, report: Report) -> Node:
    package = finding.installed.package
    more = [finding.summary, *known(finding), place(finding, report), *links(finding)]
    return {
        "fileName": package.path or "image",
        "lineStart": 1,
        "severity": _SEVERITIES.get(finding.severity.rating, "LOW"),
        "type": finding.id,
        "category": f"vulnerability, {finding.severity.rating}",
        "message": f"{headline(finding)}: {remedy(finding)}",
        "description": "\n".join(line for line in more if line),
        "packageName": package.name,
        "moduleName": report.artifact.reference,
        "fingerprint": fingerprint(finding),
        "origin": "oakum",
        "originName": "Oakum",
    }


def _gap(gap: Gap) -> Node:
    return {
        "fileName": gap.path or "image",
        "lineStart": 1,
        "severity": "NORMAL",
        "type": gap.kind,
        "category": "not judged",
        "message": f"{gap.kind}: {gap.what}",
        "origin": "oakum",
        "originName": "Oakum",
    }
