"""The report as one page for a browser."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Final

from oakum import __version__
from oakum.effects import report_words
from oakum.effects.escape import visible
from oakum.effects.finding_words import known, links, place, remedy
from oakum.effects.format import Page, output_format
from oakum.effects.html_parts import SCRIPT, STYLE, policy
from oakum.effects.rating_words import in_words
from oakum.effects.rows import rows
from oakum.model.finding import Finding
from oakum.model.report import Report
from oakum.model.severity import ORDER

_WORST_FIRST: Final = tuple(reversed(ORDER))
_DECISIONS: Final = {"allow": "allowed", "deny": "denied", "unknown": "undecided"}


@output_format(media_type="text/html; charset=utf-8", version=2)
def html(report: Report, page: Page) -> bytes:
    """One self-contained page: a verdict to read, and findings to sort and filter.

    It fetches nothing and runs no script but its own: the content security policy in it names both by
    their hashes. It can be printed, and without JavaScript everything is shown.
    """
    del page  # the browser has its own width
    return "".join(_page(report)).encode("utf-8", "replace")


def _page(report: Report) -> Iterator[str]:
    name = _text(report_words.title(report))
    yield f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{name}</title>\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy()}">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield f"<style>{STYLE}</style>\n</head>\n<body>\n<header>\n<h1>{name}</h1>\n"
    yield from _header(report)
    yield "</header>\n<main>\n"
    if report.findings:
        yield from _cards(report)
        yield from _actions(report)
        yield from _findings(report)
    yield from _list("Unknown", report_words.gaps(report))
    yield from _list("Accepted", [one.reason for one in report.suppressed if one.waiver])
    yield from _packages(report)
    yield from _list("Layers", report_words.layers(report))
    yield from _list("Data", report_words.data(report))
    yield f"</main>\n<script>{SCRIPT}</script>\n</body>\n</html>\n"


def _header(report: Report) -> Iterator[str]:
    yield f'<p class="verdict">{_text(report_words.verdict(report))}</p>\n'
    if report.decision.asked:
        outcome = report.decision.outcome
        word = _DECISIONS.get(outcome, outcome)
        kind = outcome if outcome in _DECISIONS else "unknown"
        yield f'<p><span class="badge {kind}">{_text(word)}</span></p>\n'
        yield _items(report.decision.reasons)
    said = [report.artifact.digest or report.artifact.image_id, *report.artifact.names, report.created]
    yield f'<p class="soft mono">{" · ".join(_text(one) for one in said if one)}</p>\n'
    yield f'<p class="soft">Oakum {_text(__version__)}</p>\n'


def _cards(report: Report) -> Iterator[str]:
    count = Counter(finding.severity.rating for finding in report.findings)
    fixable = sum(bool(finding.fixed_versions) for finding in report.findings)
    exploited = sum(bool(finding.exploited.kev) for finding in report.findings)
    yield '<div class="cards">'
    for rating in _WORST_FIRST:
        if count[rating]:
            yield f'<div class="card {rating}"><b>{count[rating]}</b>{rating}</div>'
    yield f'<div class="card"><b>{exploited}</b>known to be exploited</div>'
    yield f'<div class="card"><b>{fixable}</b>with a fix</div>'
    yield f'<div class="card"><b>{len(report.gaps)}</b>unknown</div></div>\n'


def _actions(report: Report) -> Iterator[str]:
    """What a manager asks first: how many packages are to be replaced, and which one helps most."""
    found = rows(report)
    heads = ("Severity", "Package", "Have", "Take", "Vulnerabilities", "Where")
    cells = ((row.severity, row.package, row.have, row.take, row.what, row.where) for row in found)
    yield f"<h2>What to do</h2>\n{_table('actions', heads)}<tbody>\n"
    for row in cells:
        yield f"<tr>{_severity(row[0])}{''.join(f'<td>{_text(cell)}</td>' for cell in row[1:])}</tr>\n"
    yield "</tbody></table></div>\n"


def _findings(report: Report) -> Iterator[str]:
    there = {finding.severity.rating for finding in report.findings}
    yield '<h2>Findings</h2>\n<div class="tools">'
    yield '<input type="search" id="filter" placeholder="Filter by any word" aria-label="Filter by any word">'
    for rating in _WORST_FIRST:
        if rating in there:
            yield f'<label class="{rating}"><input type="checkbox" checked data-rating="{rating}"> {rating}</label>'
    yield '<label><input type="checkbox" data-flag="fix"> with a fix</label>'
    yield '<label><input type="checkbox" data-flag="kev"> known to be exploited</label>'
    yield '<span id="shown" class="soft" role="status"></span></div>\n'
    yield _table("findings", ("Severity", "Vulnerability", "Package", "Version", "Fixed in", "EPSS", "Details"))
    yield "<tbody>\n"
    for finding in report.findings:
        yield _finding(finding, report)
    yield "</tbody></table></div>\n"


def _finding(finding: Finding, report: Report) -> str:
    package, exploited = finding.installed.package, finding.exploited
    flags = " data-fix" * bool(finding.fixed_versions) + " data-kev" * bool(exploited.kev)
    epss = "" if exploited.epss is None else f"{exploited.epss:.2%}"
    kev = " <strong>KEV</strong>" if exploited.kev else ""
    fixed = ", ".join(finding.fixed_versions)
    cells = (
        f"<td>{_link(finding)}{kev}</td><td>{_text(package.name)}</td>"
        f'<td class="mono">{_text(package.version)}</td><td class="mono">{_text(fixed)}</td>'
        f'<td data-sort="{exploited.epss or 0:.6f}">{epss}</td><td>{_details(finding, report)}</td>'
    )
    return f'<tr data-rating="{finding.severity.rating}"{flags}>{_severity(finding.severity.rating)}{cells}</tr>\n'


def _details(finding: Finding, report: Report) -> str:
    said = [finding.summary, remedy(finding), *known(finding), place(finding, report), finding.installed.purl]
    said += [f"rated {in_words(one)}" for one in finding.ratings]
    said += [", ".join(finding.aliases), *finding.installed.paths[:20]]
    said += [
        f"{one.advisory} ({one.source}, {one.modified[:10]}): {one.name} {one.version} is {one.range}"
        for one in finding.evidence
    ]
    summary = _text(finding.summary[:80] or remedy(finding))
    return f"<details><summary>{summary}</summary>{_items(one for one in said if one)}</details>"


def _link(finding: Finding) -> str:
    more = links(finding)
    name = _text(finding.id)
    return f'<a href="{escape(more[0])}" rel="noreferrer">{name}</a>' if more else name


def _packages(report: Report) -> Iterator[str]:
    packages = report.inventory.packages
    heads = ("Type", "Package", "Version", "Licences", "Path")
    yield f"<h2>Packages</h2>\n<details><summary>{len(packages)} packages</summary>\n"
    yield f"{_table('packages', heads)}<tbody>\n"
    for installed in packages:
        package = installed.package
        cells = (package.type, package.name, package.version, "; ".join(package.licenses), package.path)
        yield f"<tr>{''.join(f'<td>{_text(cell)}</td>' for cell in cells)}</tr>\n"
    yield "</tbody></table></div></details>\n"


def _severity(rating: str) -> str:
    """Sorted by how bad it is, not by its letters."""
    return f'<td class="sev {rating}" data-sort="{len(ORDER) - ORDER.index(rating)}">{rating}</td>'


def _table(name: str, heads: Sequence[str]) -> str:
    columns = "".join(f'<th scope="col"><button type="button">{head}</button></th>' for head in heads)
    return f'<div class="scroll"><table id="{name}" data-sortable><thead><tr>{columns}</tr></thead>'


def _list(title: str, entries: Sequence[str]) -> Iterator[str]:
    if entries:
        yield f"<h2>{title}</h2>\n{_items(entries)}\n"


def _items(entries: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{_text(entry)}</li>' for entry in entries)}</ul>"


def _text(text: str) -> str:
    return escape(visible(text))
