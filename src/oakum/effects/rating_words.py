"""Who rated what, in words: whose rating was taken, and who says worse."""

from collections import Counter
from typing import Final

from oakum.model.finding import Finding
from oakum.model.report import Report
from oakum.model.severity import Rating

_NAMED: Final = 5
"""Findings that are named in a paragraph; the rest is counted."""

_WHO: Final = {
    "source": "the source's own word",
    "cvss": "CVSS in the source's record",
    "cna": "the CVE record's authority",
    "adp": "CISA in the CVE record",
}


def ratings(report: Report) -> list[str]:
    """Whose ratings were taken, who says worse, and what the CVE list withdrew; nothing where nothing was found."""
    findings = list({finding.id: finding for finding in reversed(report.findings)}.values())[::-1]
    if not findings:
        return []
    return [*_taken(findings), *_worse(findings), *_rejected(findings)]


def in_words(rating: Rating) -> str:
    """A rating in one line: ``critical 9.8 by CISA-ADP (CVSS:3.1/...)``."""
    severity = rating.severity
    score = "" if severity.score is None else f" {severity.score:g}"
    vector = f" ({severity.vector})" if severity.vector else ""
    return f"{severity.rating}{score} by {rating.by}{vector}"


def _taken(findings: list[Finding]) -> list[str]:
    count = Counter(finding.severity.origin for finding in findings)
    words = [f"{count[origin]} by {who}" for origin, who in _WHO.items() if count[origin]]
    lines = [f"of {len(findings)}: {', '.join(words)}"] if words else []
    if count[""]:
        lines.append(f"{count['']} unscored: nobody rated them, which is not low")
    return lines


def _worse(findings: list[Finding]) -> list[str]:
    """Findings that somebody else rates worse than whoever was believed."""
    lines = []
    for finding in findings:
        worst = max(finding.ratings, key=lambda one: one.severity.rank, default=None)
        if worst is not None and worst.severity.rank > finding.severity.rank:
            first = finding.ratings[0]
            lines.append(f"{finding.id}: {first.severity.rating} by {first.by}, but {_short(worst)}")
    return _some(lines, "that somebody rates worse than was taken")


def _short(rating: Rating) -> str:
    score = "" if rating.severity.score is None else f" {rating.severity.score:g}"
    return f"{rating.severity.rating}{score} by {rating.by}"


def _rejected(findings: list[Finding]) -> list[str]:
    lines = [
        f"{finding.id} was rejected by the CVE list and counts all the same: {finding.rejected}"
        for finding in findings
        if finding.rejected
    ]
    return _some(lines, "that the CVE list rejected")


def _some(lines: list[str], which: str) -> list[str]:
    return lines if len(lines) <= _NAMED else [*lines[:_NAMED], f"and {len(lines) - _NAMED} more {which}"]
