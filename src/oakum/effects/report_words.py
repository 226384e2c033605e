"""The report's parts in words, as a person reads them; what is unknown is never called clean."""

from collections import Counter

from oakum.effects.escape import shorten
from oakum.model.inventory import Installed
from oakum.model.report import Report
from oakum.model.severity import ORDER

_DIGEST = 19
"""``sha256:`` and twelve digits tell the layers of an image apart."""

_INSTRUCTION = 160
_FILES = {"deb", "apk"}
"""Types whose packages stand in one database, so that its path says nothing of the one package."""

_MARKERS = {"METADATA", "PKG-INFO", "package.json"}
"""Files that every package of a kind has: where room is short, the folder around them says which package it is."""


def title(report: Report) -> str:
    """What was scanned."""
    artifact, distribution = report.artifact, report.inventory.distribution
    about = [f"{one.form} of {one.subject}" if one.subject else one.form for one in report.inventory.documents]
    parts = [artifact.reference, *about, distribution.name if distribution else "", artifact.platform]
    return ", ".join(part for part in parts if part)


def verdict(report: Report) -> str:
    """The whole report in one line."""
    packages = _number(len(report.inventory.packages), "package")
    if "vulnerabilities" not in report.scanners and not report.findings:
        return _and_gaps(packages, report)
    if not report.findings:
        return _and_gaps(f"nothing known to be vulnerable in {packages}", report)
    count = Counter(finding.severity.rating for finding in report.findings)
    ratings = ", ".join(f"{count[rating]} {rating}" for rating in reversed(ORDER) if count[rating])
    affected = len({(one.installed.purl, one.installed.layer) for one in report.findings})
    exploited = sum(bool(finding.exploited.kev) for finding in report.findings)
    kev = f"; {exploited} known to be exploited" if exploited else ""
    return _and_gaps(f"{ratings} in {affected} of {packages}{kev}", report)


def _and_gaps(words: str, report: Report) -> str:
    gaps = len(report.gaps)
    if not gaps:
        return words
    if report.findings:
        return f"{words}; {_number(gaps, 'gap')}"
    return f"{words}; but " + ("1 thing is unknown" if gaps == 1 else f"{gaps} things are unknown")


def decision(report: Report) -> list[str]:
    """The gate's word with its reasons, where a gate was asked."""
    if not report.decision.asked:
        return []
    words = {"allow": "allowed", "deny": "denied", "unknown": "undecided"}
    return [f"gate: {words.get(report.decision.outcome, report.decision.outcome)}", *report.decision.reasons]


def _where(paths: list[str]) -> str:
    if len(paths) > 1:
        return f" ({len(paths)} places, first {paths[0]})"
    return f" ({paths[0]})" if paths[0] else ""


def gaps(report: Report) -> list[str]:
    """Each gap: its kind, what it is, and where; equal ones of several places stand together."""
    places: dict[tuple[str, str], list[str]] = {}
    for gap in report.gaps:
        places.setdefault((gap.kind, gap.what), []).append(gap.path)
    return [f"{kind}: {what}{_where(paths)}" for (kind, what), paths in places.items()]


def layers(report: Report) -> list[str]:
    """The layers that findings or packages name, with their instructions."""
    shown = report.findings or ()
    named = sorted({finding.installed.layer for finding in shown})
    every = report.artifact.layers
    return [
        f"#{index} {every[index].digest[:_DIGEST]} {shorten(' '.join(every[index].instruction.split()), _INSTRUCTION)}"
        for index in named
        if 0 <= index < len(every) and every[index].digest
    ]


def data(report: Report) -> list[str]:
    """What the judgement rests on."""
    info = report.database
    if info is None:
        return []
    records = sum(source.records for source in info.sources)
    kind = "starter data" if info.starter else "database"
    entries = [f"{kind} of {info.built[:10]}, {_number(records, 'record')}, {info.digest[:_DIGEST]}"]
    accepted = [one for one in report.suppressed if one.waiver]
    fallen = [one for one in report.suppressed if one.advisory and not one.waiver]
    others = len(report.suppressed) - len(accepted) - len(fallen)
    for count, noun, what in (
        (len(accepted), "finding", "accepted"),
        (len(fallen), "finding", "not counted"),
        (others, "package", "not counted"),
    ):
        if count:
            entries.append(f"{_number(count, noun)} {what}; -f json says why")
    return entries


def where(installed: Installed, *, layered: bool) -> str:
    """The layer by its number, where there are layers, and the file or the folder where that says more."""
    path = installed.package.path if installed.package.type not in _FILES else ""
    folder, _, name = path.rpartition("/")
    path = folder if folder and name in _MARKERS else path
    return f"#{installed.layer} {path}".rstrip() if layered else path


def layered(report: Report) -> bool:
    """True for an image: a file system has one part that bears no digest."""
    return any(layer.digest for layer in report.artifact.layers)


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
