"""The report as TeamCity service messages."""

from collections.abc import Iterator
from typing import Final

from oakum.effects.escape import visible
from oakum.effects.finding_words import fingerprint, headline, place, remedy
from oakum.effects.format import Page, output_format
from oakum.effects.report_words import verdict
from oakum.model.finding import Finding
from oakum.model.report import Report

_ESCAPES: Final = {"|": "||", "'": "|'", "\n": "|n", "\r": "|r", "[": "|[", "]": "|]"}
_SEVERITIES: Final = {"critical": "ERROR", "high": "ERROR", "medium": "WARNING", "unscored": "WARNING"}
_TEXT: Final = 4_000
_IDENTITY: Final = 60
_MOST: Final = 5_000
"""Inspections of one build; TeamCity keeps them all, and nobody reads on."""


@output_format(media_type="text/plain; charset=utf-8", version=1)
def teamcity(report: Report, page: Page) -> bytes:
    """TeamCity service messages, for the build's standard output.

    Each finding is an inspection; numbers of each rating are statistics of the build, which it can draw over time;
    a refusal is a build problem, so that the build fails with its reasons and not with an exit code alone.
    """
    del page  # a program has no width
    return ("\n".join(_messages(report)) + "\n").encode("utf-8", "replace")


def _messages(report: Report) -> Iterator[str]:
    for id_ in dict.fromkeys(finding.id for finding in report.findings[:_MOST]):
        yield _message("inspectionType", id=id_, name=id_, category="Vulnerabilities", description=f"{id_} is known")
    for finding in report.findings[:_MOST]:
        yield _inspection(finding, report)
    counts: dict[str, int] = {}
    for finding in report.findings:
        counts[finding.severity.rating] = counts.get(finding.severity.rating, 0) + 1
    for rating in ("critical", "high", "medium", "low", "negligible", "unscored"):
        yield _message("buildStatisticValue", key=f"oakum.{rating}", value=str(counts.get(rating, 0)))
    if report.decision.asked and report.decision.outcome != "allow":
        reasons = "; ".join(report.decision.reasons[:5]) or verdict(report)
        yield _message("buildProblem", description=f"Oakum: {reasons}", identity=_identity(report))
    else:
        yield _message("buildStatus", text=f"{{build.status.text}}; Oakum: {verdict(report)}")


def _inspection(finding: Finding, report: Report) -> str:
    said = f"{headline(finding)} ({finding.severity.rating}): {remedy(finding)}; {place(finding, report)}"
    severity = _SEVERITIES.get(finding.severity.rating, "INFO")
    path = finding.installed.package.path
    return _message("inspection", typeId=finding.id, message=said, file=path, line="1", SEVERITY=severity)


def _identity(report: Report) -> str:
    """The same for the same reasons, so that a problem that was muted stays muted."""
    names = sorted(fingerprint(finding)[:8] for finding in report.findings)[:4]
    return f"oakum-{report.decision.outcome}-{'-'.join(names)}"[:_IDENTITY]


def _message(word: str, /, **attributes: str) -> str:
    said = " ".join(f"{key}='{_escaped(value)}'" for key, value in attributes.items())
    return f"##teamcity[{word} {said}]"


def _escaped(text: str) -> str:
    """By the rules of service messages; what is no ASCII is written by its number."""
    shown = visible(text[:_TEXT])
    return "".join(_ESCAPES.get(one, one if one.isascii() else _numbered(one)) for one in shown)


def _numbered(one: str) -> str:
    units = one.encode("utf-16-be")
    return "".join(f"|0x{units[at : at + 2].hex().upper()}" for at in range(0, len(units), 2))
