"""The gate: whether an artifact passes, by the findings and by what is unknown. Pure."""

from collections.abc import Iterator, Sequence
from typing import Final

from oakum.model.decision import Decision, GateAsked
from oakum.model.fact import Gap
from oakum.model.finding import Finding
from oakum.model.gaps import BLIND
from oakum.model.severity import ORDER

_NAMED: Final = 5
"""Findings, or gaps, that the reasons name; the rest is counted."""

_ACCEPT: Final = "--allow-unknown accepts this"


def decide(findings: Sequence[Finding], gaps: Sequence[Gap], asked: GateAsked) -> Decision:
    """The decision on findings (worst first) and gaps.

    A finding that is bad enough denies, whatever is unknown. Otherwise, what could not be
    judged keeps the gate from saying yes: a blind gap, or a finding that nobody rated.
    """
    if not asked.fail_on:
        return Decision()
    counted = [finding for finding in findings if finding.fixed_versions or not asked.ignore_unfixed]
    floor = ORDER.index(asked.fail_on)
    refused = [finding for finding in counted if finding.severity.rank >= floor]
    if refused:
        return Decision("deny", asked=True, reasons=tuple(_refusals(refused, asked)))
    unrated = [finding for finding in counted if finding.severity.rank == 0]
    blind = [gap for gap in gaps if gap.kind in BLIND]
    if asked.allow_unknown or not (unrated or blind):
        return Decision("allow", asked=True, reasons=_passed(asked, len(unrated) + len(blind)))
    return Decision("unknown", asked=True, reasons=tuple(_unknowns(unrated, blind)))


def _refusals(refused: Sequence[Finding], asked: GateAsked) -> Iterator[str]:
    for finding in refused[:_NAMED]:
        package = finding.installed.package
        take = f"take {finding.take or finding.fixed_versions[0]}" if finding.fixed_versions else "no fix is known"
        kev = ", known to be exploited" if finding.exploited.kev else ""
        yield f"{finding.id} ({finding.severity.rating}{kev}) in {package.name} {package.version}: {take}"
    if len(refused) > _NAMED:
        yield f"and {len(refused) - _NAMED} more that are {_at_least(asked.fail_on)}"


def _at_least(rating: str) -> str:
    if rating == ORDER[0]:
        return "known"
    return rating if rating == ORDER[-1] else f"{rating} or worse"


def _unknowns(unrated: Sequence[Finding], blind: Sequence[Gap]) -> Iterator[str]:
    if unrated:
        named = ", ".join(f"{finding.id} in {finding.installed.package.name}" for finding in unrated[:_NAMED])
        more = f" and {len(unrated) - _NAMED} more" if len(unrated) > _NAMED else ""
        yield f"nobody rated {named}{more}; {_ACCEPT}, --fail-on unscored refuses it"
    for gap in blind[:_NAMED]:
        yield f"{gap.kind}: {gap.what}; {_ACCEPT}"
    if len(blind) > _NAMED:
        yield f"and {len(blind) - _NAMED} more gaps; {_ACCEPT}"


def _passed(asked: GateAsked, unknown: int) -> tuple[str, ...]:
    nothing = f"nothing found is {_at_least(asked.fail_on)}"
    return (f"{nothing}; {unknown} unknown accepted by --allow-unknown" if unknown else nothing,)
