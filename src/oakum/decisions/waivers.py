"""What is accepted: waivers held against findings, packages and policies, at a moment. Pure.

One evaluator for every surface: what a waiver in a file, on a server or in a VEX document accepts is the same.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final

from msgspec import Struct

from oakum.decisions.conditions import Candidate
from oakum.decisions.globs import fits
from oakum.model.finding import Finding, Suppressed
from oakum.model.inventory import Installed
from oakum.model.policy import PROVEN, Policy
from oakum.model.waiver import NEVER, Waiver


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


class Acceptances:
    """The waivers that hold for one image at one moment.

    Args:
        waivers: all of them.
        now: the moment.
        names: that the image bears.
        digests: of the image.
    """

    def __init__(self, waivers: Iterable[Waiver], now: datetime, names: Sequence[str], digests: Sequence[str]) -> None:
        """Those that hold no longer, or speak of other images, are left out."""
        self._by_id: dict[str, list[Waiver]] = {}
        self._by_policy: dict[str, list[Waiver]] = {}
        for waiver in waivers:
            if holds(waiver, now) and _speaks_of(waiver, names, digests):
                by = self._by_id if waiver.id else self._by_policy
                by.setdefault(waiver.id.upper() or waiver.policy, []).append(waiver)

    def __bool__(self) -> bool:
        """Whether anything is accepted at all."""
        return bool(self._by_id or self._by_policy)

    def finding(self, finding: Finding, policy: str = "") -> Waiver | None:
        """The waiver that accepts a finding, for a policy or for all of them."""
        for name in (finding.id, *finding.aliases) if self._by_id else ():
            for waiver in self._by_id.get(name.upper(), ()):
                if waiver.policy in {"", policy} and _fits(waiver, finding.installed):
                    return waiver
        return None

    def said(self, finding: Finding) -> str:
        """Who accepted a finding and why, with the policy where it is for one alone; empty where nobody did."""
        for name in (finding.id, *finding.aliases):
            for waiver in self._by_id.get(name.upper(), ()):
                if _fits(waiver, finding.installed):
                    package = finding.installed.package
                    alone = f" for {waiver.policy}" if waiver.policy else ""
                    return f"{finding.id} in {package.name} {package.version}{alone}: {_reason(waiver)}"
        return ""

    def accepts(self, policy: Policy, candidate: Candidate) -> bool:
        """Whether somebody accepted what a policy says of a candidate; a strict one counts what is proven alone."""
        found = self.finding(candidate, policy.name) if isinstance(candidate, Finding) else None
        found = found or self._of_policy(policy.name, candidate)
        return found is not None and (policy.waivers != PROVEN or bool(found.approved_by))

    def _of_policy(self, name: str, candidate: Candidate) -> Waiver | None:
        for waiver in self._by_policy.get(name, ()):
            installed = candidate.installed if isinstance(candidate, Finding) else candidate
            limited = waiver.package or waiver.path
            if not limited or (isinstance(installed, Installed) and _fits(waiver, installed)):
                return waiver
        return None


def waive(findings: Sequence[Finding], waivers: Sequence[Waiver], now: datetime, names: Sequence[str] = ()) -> Waived:
    """Take the accepted findings out of a report; what is accepted for one policy alone stays in it.

    Args:
        findings: of one image.
        waivers: all of them.
        now: the moment up to which they must hold.
        names: names and digests of the image.
    """
    accepted = Acceptances(waivers, now, names, names)
    kept, suppressed = [], []
    for finding in findings:
        holding = accepted.finding(finding)
        if holding is None:
            kept.append(finding)
        else:
            suppressed.append(_accepted(finding, holding))
    return Waived(tuple(kept), tuple(suppressed), tuple(_notices(findings, waivers, now)))


def holds(waiver: Waiver, now: datetime) -> bool:
    """Whether a waiver holds: through its last day, or up to its moment."""
    if waiver.expires == NEVER:
        return True
    if len(waiver.expires) > len("2026-01-31"):
        return now < datetime.fromisoformat(waiver.expires)
    return now.date().isoformat() <= waiver.expires


def next_end(waivers: Iterable[Waiver], now: datetime) -> datetime | None:
    """The next moment of today at which a waiver ends; what was decided holds until then."""
    ends = [datetime.fromisoformat(one.expires) for one in waivers if len(one.expires) > len("2026-01-31")]
    return min((end for end in ends if end > now), default=None)


def _speaks_of(waiver: Waiver, names: Sequence[str], digests: Sequence[str]) -> bool:
    if waiver.digest and waiver.digest not in digests:
        return False
    return not waiver.images or any(map(fits(waiver.images), names))


def _fits(waiver: Waiver, installed: Installed) -> bool:
    return _fits_package(waiver.package, installed) and _fits_path(waiver.path, installed.paths)


def _fits_package(wanted: str, installed: Installed) -> bool:
    """By name, by purl, or by a purl without version; the qualifiers that it has must be the package's."""
    if not wanted or wanted == installed.package.name:
        return True
    base, _, asked = wanted.partition("?")
    own, _, said = installed.purl.partition("?")
    return base in {own, own.rpartition("@")[0]} and set(filter(None, asked.split("&"))) <= set(said.split("&"))


def _fits_path(glob: str, paths: Sequence[str]) -> bool:
    """Every file of the package lies there: one that lies elsewhere as well is not accepted with it."""
    if not glob:
        return True
    expression = re.compile("".join(_parts(glob)), re.DOTALL)
    return bool(paths) and all(expression.fullmatch(path) for path in paths)


_WILD: Final = {"**/": "(?:[^/]+/)*", "**": ".*", "*": "[^/]*", "?": "[^/]"}


def _parts(glob: str) -> Iterator[str]:
    for part in re.split(r"(\*\*/|\*\*|\*|\?)", re.sub(r"\*{2,}", "**", glob.lstrip("/"))):
        yield _WILD.get(part, re.escape(part))


def _accepted(finding: Finding, waiver: Waiver) -> Suppressed:
    evidence = finding.evidence[0] if finding.evidence else None
    return Suppressed(finding.installed, _reason(waiver), finding.id, evidence, waiver.origin)


def _reason(waiver: Waiver) -> str:
    until = "" if waiver.expires == NEVER else f" until {waiver.expires}"
    by = f"{waiver.origin}, approved by {waiver.approved_by}" if waiver.approved_by else waiver.origin
    return f"accepted{until} by {by}: {waiver.reason}"


def _notices(findings: Sequence[Finding], waivers: Sequence[Waiver], now: datetime) -> Iterator[str]:
    """What is worth a look at the waivers themselves; those for one policy or image may fit elsewhere."""
    by_id: dict[str, list[Finding]] = {}
    for finding in findings if waivers else ():
        for name in (finding.id, *finding.aliases):
            by_id.setdefault(name.upper(), []).append(finding)
    for waiver in waivers:
        if waiver.id and not (waiver.policy or waiver.images or waiver.digest):
            found = any(_fits(waiver, finding.installed) for finding in by_id.get(waiver.id.upper(), ()))
            if not found:
                yield f"{waiver.origin}: {waiver.id} fits no finding"
            elif not holds(waiver, now):
                yield f"{waiver.origin}: {waiver.id} was accepted until {waiver.expires}"
