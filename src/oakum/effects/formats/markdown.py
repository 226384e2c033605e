"""The report for merge requests and step summaries."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final
from urllib.parse import quote

from oakum.effects import report_words
from oakum.effects.escape import visible
from oakum.effects.finding_words import links
from oakum.effects.format import Page, output_format
from oakum.effects.rows import rows
from oakum.model.finding import Finding
from oakum.model.report import Report

_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]<>#|~&])")
_MOST: Final = 500
"""Rows of a table; a comment of a merge request holds 65,536 characters, and nobody reads on."""


@output_format(media_type="text/markdown; charset=utf-8", version=1)
def markdown(report: Report, page: Page) -> bytes:
    """Markdown, for merge requests, step summaries and wikis.

    The verdict, what to do, what is unknown, and each finding with its link below a fold. Nothing of the
    artifact acts as Markdown or HTML, and a package like ``@types/node`` calls nobody.
    """
    del page  # whoever shows it breaks the lines
    lines = [f"## {_text(report_words.verdict(report))}", "", _text(report_words.title(report)), ""]
    lines += [f"- {_text(reason)}" for reason in report_words.decision(report)]
    lines += [*_actions(report), *_section("Unknown", report_words.gaps(report)), *_details(report)]
    lines += _section("Data", report_words.data(report))
    return ("\n".join(lines).rstrip() + "\n").encode("utf-8", "replace")


def _actions(report: Report) -> Iterator[str]:
    if not report.findings:
        return
    yield ""
    yield "### What to do"
    yield ""
    cells = [
        (row.severity, _code(row.package), _code(row.have), _text(row.take), _text(row.what), _code(row.where))
        for row in rows(report)
    ]
    yield from _table(("Severity", "Package", "Have", "Take", "Vulnerabilities", "Where"), cells)


def _details(report: Report) -> Iterator[str]:
    if not report.findings:
        return
    yield ""
    yield f"<details><summary>All {len(report.findings)} findings</summary>"
    yield ""
    heads = ("Severity", "Vulnerability", "Package", "Version", "Fixed in", "Known")
    yield from _table(heads, [_cells(finding) for finding in report.findings])
    yield ""
    yield "</details>"


def _cells(finding: Finding) -> Sequence[str]:
    package, exploited = finding.installed.package, finding.exploited
    said = ["KEV"] if exploited.kev else []
    said += [f"EPSS {exploited.epss:.1%}"] if exploited.epss is not None else []
    fixed = _text(", ".join(finding.fixed_versions[:3]))
    more = links(finding)
    name = f"[{_text(finding.id)}]({_address(more[0])})" if more else _text(finding.id)
    return (finding.severity.rating, name, _code(package.name), _code(package.version), fixed, ", ".join(said))


def _table(heads: Sequence[str], cells: Sequence[Sequence[str]]) -> Iterator[str]:
    """A table of cells that are Markdown already."""
    yield "| " + " | ".join(heads) + " |"
    yield "|" + " --- |" * len(heads)
    for row in cells[:_MOST]:
        yield "| " + " | ".join(row) + " |"
    if len(cells) > _MOST:
        yield f"| and {len(cells) - _MOST} more |" + " |" * (len(heads) - 1)


def _section(title: str, entries: Iterable[str]) -> Iterator[str]:
    shown = [f"- {_text(entry)}" for entry in entries]
    yield from ["", f"### {title}", "", *shown] if shown else []


def _text(text: str) -> str:
    """Prose: nothing in it acts, and an at sign calls nobody, since a blank without width parts it from the name."""
    escaped = _SPECIAL.sub(r"\\\1", visible(" ".join(text.split())))
    return escaped.replace("@", "@&#8203;")


def _code(text: str) -> str:
    """A name as code, between more backticks than it holds; a bar would end the table's cell even there."""
    shown = visible(" ".join(text.split())).replace("|", "\\|")
    if not shown:
        return ""
    fence = "`" * (1 + max(map(len, re.findall("`+", shown)), default=0))
    return f"{fence} {shown} {fence}" if "`" in shown else f"{fence}{shown}{fence}"


def _address(url: str) -> str:
    """A link's target; a parenthesis, a bar or a blank would end it."""
    return re.sub(r"[^A-Za-z0-9._~:/?#@!$&'*+,;=%-]", lambda found: quote(found[0].encode("utf-8", "replace")), url)
