"""The report as a table for spreadsheets."""

from collections.abc import Iterable, Iterator
from typing import Final

from oakum.effects.escape import visible
from oakum.effects.finding_words import links, place
from oakum.effects.format import Page, output_format
from oakum.model.finding import Finding
from oakum.model.inventory import Installed
from oakum.model.report import Report

_HEAD: Final = (
    "kind,id,severity,score,package,version,type,fixed_versions,kev,epss,place,path,purl,aliases,published,link,note"
)
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_LIMIT: Final = 32_000
"""A spreadsheet cuts a cell at 32,767 characters."""

Row = Iterable[str]


@output_format(media_type="text/csv; charset=utf-8", version=1)
def csv(report: Report, page: Page) -> bytes:
    r"""CSV (RFC 4180), one row per finding; accepted findings and gaps are rows of their own kind.

    A cell that a spreadsheet would take for a formula begins with an apostrophe: package names come
    from the artifact, and ``=HYPERLINK(...)`` is a name that anybody can choose.
    """
    del page  # a spreadsheet has its own columns
    lines = [_HEAD, *(_line(row) for row in _rows(report))]
    return ("\r\n".join(lines) + "\r\n").encode("utf-8", "replace")


def _rows(report: Report) -> Iterator[Row]:
    if not report.scanners or "vulnerabilities" in report.scanners or report.findings:
        yield from (_finding(finding, report) for finding in report.findings)
    else:
        yield from (_package(installed) for installed in report.inventory.packages)
    for one in report.suppressed:
        if one.waiver:
            package = one.installed.package
            cells = {"kind": "accepted", "id": one.advisory, "package": package.name, "version": package.version}
            more = {"type": package.type, "path": package.path, "purl": one.installed.purl, "note": one.reason}
            yield _row({**cells, **more})
    for gap in report.gaps:
        yield _row({"kind": "gap", "id": gap.kind, "path": gap.path, "note": gap.what})


def _row(cells: dict[str, str]) -> Row:
    return [cells.get(name, "") for name in _HEAD.split(",")]


def _finding(finding: Finding, report: Report) -> Row:
    package, exploited = finding.installed.package, finding.exploited
    return (
        "finding",
        finding.id,
        finding.severity.rating,
        "" if finding.severity.score is None else f"{finding.severity.score:.1f}",
        package.name,
        package.version,
        package.type,
        " ".join(finding.fixed_versions),
        exploited.kev,
        "" if exploited.epss is None else f"{exploited.epss:.5f}",
        place(finding, report),
        package.path,
        finding.installed.purl,
        " ".join(finding.aliases),
        finding.published,
        next(iter(links(finding)), ""),
        finding.summary,
    )


def _package(installed: Installed) -> Row:
    package = installed.package
    cells = {"kind": "package", "package": package.name, "version": package.version, "type": package.type}
    return _row({**cells, "path": package.path, "purl": installed.purl, "note": "; ".join(package.licenses)})


def _line(cells: Row) -> str:
    return ",".join(map(_cell, cells))


def _cell(text: str) -> str:
    shown = visible(text)[:_LIMIT]
    if shown.startswith(_FORMULA):
        shown = "'" + shown
    return '"' + shown.replace('"', '""') + '"' if any(one in shown for one in ',"\r\n;') else shown
