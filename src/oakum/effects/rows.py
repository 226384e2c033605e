"""What to do, as rows: one per package that is to be replaced, worst first."""

from msgspec import Struct

from oakum.effects.report_words import layered, where
from oakum.model.finding import Finding
from oakum.model.report import Report

_NAMED = 3
"""Ids that a row names; the rest is counted."""


class Row(Struct, frozen=True):
    """One package to replace."""

    severity: str
    package: str
    have: str
    take: str
    what: str
    where: str


def rows(report: Report) -> list[Row]:
    """The findings by package, in the order of their worst finding.

    The packages of one source package are one row, since one fix mends them all.
    """
    groups: dict[tuple[str, str, str, int], list[Finding]] = {}
    for finding in report.findings:
        groups.setdefault(_group(finding), []).append(finding)
    in_layers = layered(report)
    return [_row(group, in_layers=in_layers) for group in groups.values()]


def _group(finding: Finding) -> tuple[str, str, str, int]:
    first = finding.evidence[0] if finding.evidence else None
    package = finding.installed.package
    name, version = (first.name, first.version) if first else (package.name, package.version)
    return package.type, name, version, finding.installed.layer


def _row(group: list[Finding], *, in_layers: bool) -> Row:
    installed = {finding.installed.purl: finding.installed for finding in group}
    worst = group[0]
    return Row(
        severity=worst.severity.rating,
        package=_package(group, len(installed)),
        have=_group(worst)[2],
        take=_take(group),
        what=_what(group),
        where=where(worst.installed, layered=in_layers),
    )


def _take(group: list[Finding]) -> str:
    """The version that mends all; where no single one does, the nearest fix of each; and what stays open."""
    single = next((finding.take for finding in group if finding.take), "")
    nearest = dict.fromkeys(finding.fixed_versions[0] for finding in group if finding.fixed_versions)
    fixed = single or ", ".join(nearest)
    if not fixed:
        return "no fix known"
    unfixed = len({finding.id for finding in group if not finding.fixed_versions})
    return f"{fixed} ({unfixed} unfixed)" if unfixed else fixed


def _package(group: list[Finding], count: int) -> str:
    """The one package by its name; several by their source package and their number."""
    name = _group(group[0])[1]
    return group[0].installed.package.name if count == 1 else f"{name} ({count} packages)"


def _what(group: list[Finding]) -> str:
    names = list(dict.fromkeys(f"{one.id} KEV" if one.exploited.kev else one.id for one in group))
    names.sort(key=lambda name: not name.endswith(" KEV"))
    more = f" +{len(names) - _NAMED}" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more
