"""The report for people."""

from collections.abc import Iterator, Sequence

from oakum.effects import columns, report_words
from oakum.effects.escape import visible
from oakum.effects.format import Page, output_format
from oakum.effects.rating_words import ratings
from oakum.effects.rows import Row, rows
from oakum.model.report import Report

_COLOURS = {"critical": "1;31", "high": "31", "medium": "33", "low": "36"}

_WIDE = 100
"""Columns from which a path has room; below, the layer's number alone says where."""

_COLUMNS = (
    columns.Column("SEVERITY", least=8, good=8),
    columns.Column("PACKAGE", least=9, good=14),
    columns.Column("HAVE", least=8, good=12),
    columns.Column("TAKE", least=8, good=12),
    columns.Column("VULNERABILITIES", least=15, good=19),
    columns.Column("WHERE", least=5, good=24, cut=True),
)

_PACKAGE_COLUMNS = (
    columns.Column("TYPE", least=6),
    columns.Column("PACKAGE", least=12, good=30),
    columns.Column("VERSION", least=12),
    columns.Column("WHERE", least=5, good=24, cut=True),
)


@output_format(media_type="text/plain; charset=utf-8", version=4)
def table(report: Report, page: Page) -> bytes:
    """The verdict, then what to do, for a terminal.

    First the verdict in one line, then one row per package that needs something done, worst
    first, then what is unknown, the layers, and the data that all this rests on.
    """
    text = "\n".join(_lines(report, page)) + "\n"
    return text.encode("utf-8", "backslashreplace")


def _lines(report: Report, page: Page) -> Iterator[str]:
    yield from _wrapped(report_words.verdict(report), page, "1")
    yield from _wrapped(report_words.title(report), page, "2")
    for reason in report_words.decision(report):
        yield from _wrapped(reason, page, indent="  ")
    if "vulnerabilities" not in report.scanners and not report.findings:
        yield from _packages(report, page)
    elif report.findings:
        yield from _findings(rows(report), report, page)
    yield from _section("Ratings", ratings(report), page)
    yield from _section("Unknown", report_words.gaps(report), page)
    yield from _section("Layers", report_words.layers(report), page)
    yield from _section("Data", report_words.data(report), page)


def _findings(found: list[Row], report: Report, page: Page) -> Iterator[str]:
    yield ""
    cells = [(row.severity, row.package, row.have, row.take, row.what, row.where) for row in found]
    for number, line in _placed(_COLUMNS, cells, report, page):
        yield _coloured(line, "2" if number < 0 else _COLOURS.get(found[number].severity, ""), page)


def _packages(report: Report, page: Page) -> Iterator[str]:
    yield ""
    in_layers = report_words.layered(report)
    cells = [
        (one.package.type, one.package.name, one.package.version, report_words.where(one, layered=in_layers))
        for one in report.inventory.packages
    ]
    for number, line in _placed(_PACKAGE_COLUMNS, cells, report, page):
        yield _coloured(line, "2" if number < 0 else "", page)


def _placed(
    table: tuple[columns.Column, ...], cells: Sequence[columns.Row], report: Report, page: Page
) -> Iterator[tuple[int, str]]:
    """The rows with their last column, the place, as far as the page has room for it."""
    if page.width >= _WIDE:
        return columns.lines(table, cells, page.width)
    if not report_words.layered(report):
        return columns.lines(table[:-1], [row[:-1] for row in cells], page.width)
    narrow = [(*row[:-1], row[-1].split(" ", 1)[0]) for row in cells]
    return columns.lines(table, narrow, page.width)


def _section(title: str, entries: list[str], page: Page) -> Iterator[str]:
    if not entries:
        return
    yield ""
    yield _coloured(title, "1", page)
    for entry in entries:
        yield from _wrapped(entry, page, indent="  ")


def _wrapped(text: str, page: Page, colour: str = "", indent: str = "") -> Iterator[str]:
    """A paragraph; its further lines hang two blanks deeper."""
    for number, line in enumerate(columns.wrap(visible(text), max(20, page.width - len(indent) - 2))):
        yield indent + ("  " if number else "") + _coloured(line, colour, page)


def _coloured(line: str, colour: str, page: Page) -> str:
    return f"\x1b[{colour}m{line}\x1b[0m" if colour and page.colour else line
