"""The report as annotations of a GitHub workflow."""

from collections.abc import Iterator
from typing import Final

from oakum.effects.escape import visible
from oakum.effects.finding_words import headline, place, remedy
from oakum.effects.format import Page, output_format
from oakum.effects.report_words import verdict
from oakum.model.report import Report
from oakum.model.severity import ORDER

_MOST: Final = 10
"""Annotations of each kind that GitHub shows of one step; the rest stands in the summary."""

_ERRORS: Final = ORDER.index("high")


@output_format(media_type="text/plain; charset=utf-8", version=1)
def github_annotations(report: Report, page: Page) -> bytes:
    """Workflow commands of GitHub Actions, for the step's standard output.

    The gate's reasons first; then the worst findings, as errors and warnings. Write the markdown format to
    ``$GITHUB_STEP_SUMMARY`` for all of them.
    """
    del page  # a program has no width
    return ("\n".join(_commands(report)) + "\n").encode("utf-8", "replace")


def _commands(report: Report) -> Iterator[str]:
    refused = report.decision.asked and report.decision.outcome != "allow"
    for reason in report.decision.reasons[:_MOST]:
        yield _command("error" if refused else "notice", "Oakum", reason)
    bad = [one for one in report.findings if one.severity.rank >= _ERRORS]
    other = [one for one in report.findings if one.severity.rank < _ERRORS]
    for word, findings in (("error", bad), ("warning", other)):
        for finding in findings[:_MOST]:
            said = f"{finding.severity.rating}: {remedy(finding)}; {place(finding, report)}"
            yield _command(word if refused or word == "warning" else "warning", headline(finding), said)
    yield _command("notice", "Oakum", verdict(report))


def _command(word: str, title: str, text: str) -> str:
    """Percent signs and ends of lines would end the command; colons and commas its properties."""
    value = visible(text).replace("%", "%25")
    name = visible(title).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
    return f"::{word} title={name}::{value}"
