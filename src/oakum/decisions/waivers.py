"""Which findings are accepted: waivers held against findings, at a day. Pure."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from msgspec import Struct

from oakum.model.finding import Finding, Suppressed
from oakum.model.waiver import Waiver

_NEVER: Final = "never"


class Waived(Struct, frozen=True):
    """What waivers do to findings.

    Attributes:
        findings: those that still count.
        suppressed: the accepted ones, each with the reason.
        notices: a sentence for each waiver that has expired while its finding is still there, or that fits nothing.
    """

    findings: tuple[Finding, ...]
    suppressed: tuple[Suppressed, ...] = ()
    notices: tuple[str, ...] = ()


def waive(findings: Sequence[Finding], waivers: Sequence[Waiver], today: date) -> Waived:
    """Take the accepted findings out; a waiver whose day has passed accepts nothing."""
    by_id: dict[str, list[Waiver]] = {}
    for waiver in waivers:
        by_id.setdefault(waiver.id.upper(), []).append(waiver)
    kept, suppressed = [], []
    used: set[Waiver] = set()
    for finding in findings:
        fitting = [waiver for name in _ids(finding) for waiver in by_id.get(name, ()) if _fits(waiver, finding)]
        used.update(fitting)
        holding = next((waiver for waiver in fitting if _holds(waiver, today)), None)
        if holding is None:
            kept.append(finding)
        else:
            suppressed.append(_accepted(finding, holding))
    notices = [said for waiver in waivers if (said := _notice(waiver, today, is_used=waiver in used))]
    return Waived(tuple(kept), tuple(suppressed), tuple(notices))


def _ids(finding: Finding) -> list[str]:
    return [name.upper() for name in (finding.id, *finding.aliases)]


def _fits(waiver: Waiver, finding: Finding) -> bool:
    return _fits_package(waiver.package, finding) and _fits_path(waiver.path, finding.installed.paths)


def _fits_package(wanted: str, finding: Finding) -> bool:
    """By name, by purl, or by a purl without version and qualifiers."""
    if not wanted:
        return True
    purl = finding.installed.purl
    without_qualifiers = purl.split("?", 1)[0]
    return wanted in {finding.installed.package.name, purl, without_qualifiers, without_qualifiers.rsplit("@", 1)[0]}


def _fits_path(glob: str, paths: Sequence[str]) -> bool:
    """Every file of the package lies there: one that lies elsewhere as well is not accepted with it."""
    if not glob:
        return True
    wild = {"**/": "(?:[^/]+/)*", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", re.sub(r"\*{2,}", "**", glob.lstrip("/")))
    expression = re.compile("".join(wild.get(part, re.escape(part)) for part in parts), re.DOTALL)
    return bool(paths) and all(expression.fullmatch(path) for path in paths)


def _holds(waiver: Waiver, today: date) -> bool:
    return waiver.expires == _NEVER or today.isoformat() <= waiver.expires


def _accepted(finding: Finding, waiver: Waiver) -> Suppressed:
    until = "" if waiver.expires == _NEVER else f" until {waiver.expires}"
    reason = f"accepted{until} by {waiver.origin}: {waiver.reason}"
    evidence = finding.evidence[0] if finding.evidence else None
    return Suppressed(finding.installed, reason, finding.id, evidence, waiver.origin)


def _notice(waiver: Waiver, today: date, *, is_used: bool) -> str:
    if not is_used:
        return f"{waiver.origin}: {waiver.id} fits no finding"
    return "" if _holds(waiver, today) else f"{waiver.origin}: {waiver.id} was accepted until {waiver.expires}"
