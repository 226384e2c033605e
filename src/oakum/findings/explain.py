"""Why an advisory applies to what is installed, or why it does not; pure.

The scan asks a database that leaves out what cannot apply; here every record that bears one
of the vulnerability's names is judged again by the same rules, so that a no has its reason too.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from msgspec.structs import replace

from oakum.findings.match import Asked, Question, advisory_keys
from oakum.findings.matcher import Matcher
from oakum.findings.merge import Affecting, evidence_of
from oakum.findings.ranges import Compared, Verdict, judge
from oakum.model.advisory import Advisory
from oakum.model.ecosystems import ordering
from oakum.model.explanation import AFFECTED, NOT_AFFECTED, NOT_COUNTED, UNKNOWN, Answer
from oakum.model.fact import Distribution
from oakum.model.inventory import Installed, Inventory, Removed
from oakum.model.scheme import Scheme

_ORDER: Final = (AFFECTED, UNKNOWN, NOT_COUNTED, NOT_AFFECTED)
_NOTES: Final = 20
"""Notes on single records that are given; a distribution's advisory may name hundreds of packages."""


def names_of(wanted: str, records: Sequence[Advisory]) -> tuple[str, ...]:
    """The ids that mean the same vulnerability, by the records that bear the wanted one.

    An advisory about several CVEs names others too; those are other vulnerabilities.
    """
    names = {wanted}
    for record in records:
        every = {record.id, *record.aliases}
        several = sum(name.startswith("CVE-") for name in every) > 1
        if wanted in every:
            names |= {record.id} if several else every
    return tuple(sorted(names))


def everything_asked(inventory: Inventory, matchers: Sequence[Matcher]) -> Asked:
    """What would be asked if no package followed its distribution."""
    bare = tuple(replace(installed, owner="") for installed in inventory.packages)
    asked = advisory_keys(replace(inventory, packages=bare), matchers)
    owned = {id(stripped): installed for stripped, installed in zip(bare, inventory.packages, strict=True)}
    return replace(asked, questions=tuple(replace(one, installed=owned[id(one.installed)]) for one in asked.questions))


def explain(records: Sequence[Advisory], asked: Asked, schemes: Mapping[str, Scheme]) -> tuple[Answer, ...]:
    """What each record says of each installed package that it is about.

    Args:
        records: all that bear a name of the vulnerability.
        asked: from ``everything_asked``.
        schemes: version schemes by ecosystem without its release.
    """
    compared = {family: Compared(scheme) for family, scheme in schemes.items()}
    by_package: dict[tuple[str, str], list[Question]] = {}
    for question in asked.questions:
        by_package.setdefault((question.key.ecosystem, question.key.name), []).append(question)
    answers = [
        _answer(record, question, compared[order])
        for record in records
        for question in by_package.get((record.ecosystem, record.package), ())
        if (order := ordering(record.ecosystem)) in compared
    ]
    return tuple(sorted(answers, key=lambda answer: _ORDER.index(answer.verdict)))


def explain_removed(
    records: Sequence[Advisory],
    removed: Sequence[Removed],
    asked: tuple[Distribution | None, Sequence[Matcher]],
    schemes: Mapping[str, Scheme],
) -> tuple[Answer, ...]:
    """What the records say of packages that a later layer took away: they do not count, but they are in the image.

    Args:
        records: all that bear a name of the vulnerability.
        removed: packages that are no longer there.
        asked: whose distribution they were of, and the matchers.
        schemes: as for ``explain``.
    """
    taken_by = {(one.installed.purl, one.installed.layer, one.installed.package.path): one.by for one in removed}
    before = Inventory(asked[0], tuple(one.installed for one in removed))
    answers = explain(records, everything_asked(before, asked[1]), schemes)
    return tuple(
        replace(one, verdict=NOT_COUNTED, why=f"{one.why}; but {_taken_away(one.installed, taken_by)}")
        for one in answers
        if one.verdict == AFFECTED
    )


def _taken_away(installed: Installed, taken_by: Mapping[tuple[str, int, str], int]) -> str:
    by = taken_by[installed.purl, installed.layer, installed.package.path]
    who = f"layer #{by}" if by >= 0 else "a later layer"
    return f"{who} took it away: whoever has the image can still read it in layer #{installed.layer}"


def notes(wanted: str, records: Sequence[Advisory], asked: Asked) -> tuple[str, ...]:
    """What concerns no installed package: absent records, absent packages, other releases."""
    if not records:
        return (f"there is no record of {wanted}: its id may be mistyped, it may be withdrawn, or the data too old",)
    there = {(question.key.ecosystem, question.key.name) for question in asked.questions}
    families = {_family(name) for name in asked.ecosystems}
    absent = [record for record in records if (record.ecosystem, record.package) not in there]
    near = [record for record in absent if _family(record.ecosystem) in families]
    told = list(dict.fromkeys(_absent(record, asked) for record in near))
    if len(told) > _NOTES:
        told[_NOTES:] = [f"{len(told) - _NOTES} more records are about packages that are not installed"]
    foreign = sorted({_family(record.ecosystem) for record in absent} - families)
    if foreign:
        told.append(f"records about {', '.join(foreign)} do not concern this artifact, which has no package of them")
    return tuple(told)


def _family(ecosystem: str) -> str:
    return ecosystem.split(":", 1)[0]


def _absent(record: Advisory, asked: Asked) -> str:
    family = _family(record.ecosystem)
    releases = [name for name in asked.ecosystems if _family(name) == family and name != record.ecosystem]
    about = f"{record.id} ({record.source}) is about {record.package} of {record.ecosystem}"
    return f"{about}, and this is {releases[0]}" if releases else f"{about}, which is not installed"


def _answer(record: Advisory, question: Question, compared: Compared) -> Answer:
    verdict = judge(record, question.key.version, compared)
    owner = question.installed.owner
    told = NOT_COUNTED if owner else {True: AFFECTED, False: NOT_AFFECTED, None: UNKNOWN}[verdict.affected]
    evidence = evidence_of(Affecting(record, question.key, question.matcher, verdict.words), compared)
    why = "; ".join(_why(verdict, question, compared))
    return Answer(told, question.installed, why, evidence)


def _why(verdict: Verdict, question: Question, compared: Compared) -> Iterator[str]:
    version = question.key.version or "(no version)"
    if verdict.affected is None:
        yield f"{version} cannot be compared by the order {compared.id}: {verdict.words}"
    else:
        held = "is in" if verdict.affected else "is not in"
        yield f"{version} {held} the affected range by the order {compared.id}: {verdict.words}"
    if question.installed.owner:
        yield f"but the package belongs to {question.installed.owner}, whose distribution's advisories speak for it"
