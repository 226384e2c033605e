"""The gate: whether an artifact passes, by the findings and by what is unknown. Pure."""

from collections.abc import Iterator, Sequence
from typing import Final

from oakum.decisions.refusals import Refusals, read_refusals
from oakum.model.decision import Basis, Decision, GateAsked
from oakum.model.fact import Gap
from oakum.model.finding import Finding
from oakum.model.gaps import BLIND
from oakum.model.severity import ORDER

_NAMED: Final = 5
"""Findings, or gaps, that the reasons name; the rest is counted."""

_NO_DATA: Final = Basis()

_ACCEPT: Final = "--allow-unknown accepts this"


def decide(findings: Sequence[Finding], gaps: Sequence[Gap], asked: GateAsked, basis: Basis = _NO_DATA) -> Decision:
    """The decision on findings (worst first), gaps, and the data that they rest on.

    What was asked to be refused denies, whatever is unknown. Otherwise, what could not be
    judged keeps the gate from saying yes: a blind gap, or a finding of which nobody says what
    the gate asks about.

    Raises:
        UsageError: the gate was asked in words that it does not know.
    """
    if not asked.fail_on:
        return Decision()
    wanted = read_refusals(asked.fail_on)
    counted = [finding for finding in findings if finding.fixed_versions or not asked.ignore_unfixed]
    refusals = [*_refusals([one for one in counted if _refused(one, wanted)], wanted), *_of_data(gaps, wanted, basis)]
    if refusals:
        return Decision("deny", asked=True, reasons=tuple(refusals))
    unknowns = [*_unasked(counted, wanted, basis), *_blind(gaps)]
    if asked.allow_unknown or not unknowns:
        return Decision("allow", asked=True, reasons=_passed(wanted, sum(count for count, _ in unknowns)))
    return Decision("unknown", asked=True, reasons=tuple(reason for _, reason in unknowns))


def _refused(finding: Finding, wanted: Refusals) -> bool:
    rank, epss = finding.severity.rank, finding.exploited.epss
    return bool(
        (wanted.rating and rank >= ORDER.index(wanted.rating))
        or (wanted.unscored and rank == 0)
        or (wanted.kev and finding.exploited.kev)
        or (wanted.epss is not None and epss is not None and epss >= wanted.epss)
    )


def _refusals(refused: Sequence[Finding], wanted: Refusals) -> Iterator[str]:
    for finding in refused[:_NAMED]:
        package, exploited = finding.installed.package, finding.exploited
        take = f"take {finding.take or finding.fixed_versions[0]}" if finding.fixed_versions else "no fix is known"
        said = [finding.severity.rating]
        said += ["known to be exploited"] if exploited.kev else []
        said += [f"EPSS {exploited.epss:.3g}"] if wanted.epss is not None and exploited.epss is not None else []
        yield f"{finding.id} ({', '.join(said)}) in {package.name} {package.version}: {take}"
    if len(refused) > _NAMED:
        yield f"and {len(refused) - _NAMED} more that are {_in_words(wanted)}"


def _of_data(gaps: Sequence[Gap], wanted: Refusals, basis: Basis) -> Iterator[str]:
    age = basis.age_hours
    if wanted.age_hours is not None and age is not None and age > wanted.age_hours:
        yield f"the data are {_hours(int(age))} old, more than {_hours(wanted.age_hours)}"
    named = [gap for gap in gaps if gap.kind in wanted.gaps]
    for gap in named[:_NAMED]:
        yield f"{gap.kind}: {gap.what}"
    if len(named) > _NAMED:
        yield f"and {len(named) - _NAMED} more gaps of these kinds"


def _hours(hours: int) -> str:
    count, unit = (hours // 24, "day") if hours >= 24 else (hours, "hour")  # noqa: PLR2004 - a day has 24
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"


def _unasked(counted: Sequence[Finding], wanted: Refusals, basis: Basis) -> Iterator[tuple[int, str]]:
    """How many findings the data leave open, by what was asked of them, with the sentence that says so."""
    unrated = [finding for finding in counted if finding.severity.rank == 0] if wanted.rating else []
    if unrated:
        yield len(unrated), f"nobody rated {_names(unrated)}; {_ACCEPT}, --fail-on unscored refuses it"
    unlikely = [finding for finding in counted if finding.exploited.epss is None] if wanted.epss is not None else []
    if unlikely:
        yield len(unlikely), f"no EPSS is known of {_names(unlikely)}; {_ACCEPT}"
    if wanted.kev and counted and not basis.kev:
        yield len(counted), f"the data have no catalog of exploited vulnerabilities; {_ACCEPT}"
    if wanted.age_hours is not None and basis.age_hours is None:
        yield 1, f"there are no data whose age could be asked for; {_ACCEPT}"


def _names(findings: Sequence[Finding]) -> str:
    named = ", ".join(f"{finding.id} in {finding.installed.package.name}" for finding in findings[:_NAMED])
    return f"{named} and {len(findings) - _NAMED} more" if len(findings) > _NAMED else named


def _blind(gaps: Sequence[Gap]) -> Iterator[tuple[int, str]]:
    blind = [gap for gap in gaps if gap.kind in BLIND]
    for gap in blind[:_NAMED]:
        yield 1, f"{gap.kind}: {gap.what}; {_ACCEPT}"
    if len(blind) > _NAMED:
        yield len(blind) - _NAMED, f"and {len(blind) - _NAMED} more gaps; {_ACCEPT}"


def _in_words(wanted: Refusals) -> str:
    """What is refused of findings: ``high or worse, unscored, known to be exploited``."""
    said = [wanted.rating if wanted.rating == ORDER[-1] else f"{wanted.rating} or worse"] if wanted.rating else []
    said += [ORDER[0]] if wanted.unscored else []
    said += ["known to be exploited"] if wanted.kev else []
    said += [f"of an EPSS of {wanted.epss:g} or more"] if wanted.epss is not None else []
    return ", ".join(said)


def _passed(wanted: Refusals, unknown: int) -> tuple[str, ...]:
    words = _in_words(wanted)
    passed = f"nothing found is {words}" if words else "the data are as was asked"
    return (f"{passed}; {unknown} unknown accepted by --allow-unknown" if unknown else passed,)
