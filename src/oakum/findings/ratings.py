"""Whose rating a finding takes, what the others say, and findings whose id the CVE list withdrew; pure.

The order in which words are taken (docs/explanation/severity.md): the source's own rating, the
CVSS vector of the source's record, the authority that wrote the CVE record, CISA. A source knows its
own build, a vector only the flaw; what stands in the CVE record is asked where no source rates.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from msgspec.structs import replace

from oakum.model.advisory import Advisory
from oakum.model.cve import CveRecord
from oakum.model.finding import Evidence, Finding, Suppressed
from oakum.model.severity import Rating, Severity, rating_of_score

CISA: Final = "CISA-ADP"
DISTRIBUTION: Final = "distro"
"""The matcher whose records are a distribution's own word on its own packages."""

_DAY: Final = len("2026-01-01")

Records = Mapping[str, CveRecord]


def with_ratings(findings: Sequence[Finding], records: Records) -> tuple[Finding, ...]:
    """The findings with every rating that there is, the taken one first; in the given order.

    Args:
        findings: as merged.
        records: of the CVE list, by id.
    """
    return tuple(_rated(finding, _record(finding, records)) for finding in findings)


def without_rejected(
    findings: Sequence[Finding], records: Records
) -> tuple[tuple[Finding, ...], tuple[Suppressed, ...]]:
    """The findings that stand, and those that fall with their CVE.

    A CVE is rejected when it names no vulnerability, or names one that has another id. The
    finding falls only where nothing speaks for it: no distribution says that its own package is
    affected, the id does not give way to another, and no source revised its record after the
    rejection and let it stand. A finding that stands says that its id was rejected.
    """
    standing: list[Finding] = []
    fallen: list[Suppressed] = []
    for finding in findings:
        record = records.get(finding.id)
        if record is None or not record.rejected:
            standing.append(finding)
        elif _stands(finding, record):
            standing.append(replace(finding, rejected=record.rejected))
        else:
            fallen.append(_suppressed(finding, record))
    return tuple(standing), tuple(fallen)


def ratings_of(evidence: Sequence[Evidence], record: CveRecord | None) -> tuple[Rating, ...]:
    """All ratings: the sources' words, their vectors, the CNA's, CISA's; equal ones of one kind by the worst."""
    said = [Rating(one.severity, f"{one.advisory} ({one.source})") for one in evidence if one.severity.origin]
    words = [one for one in said if one.severity.origin == "source"]
    vectors = [one for one in said if one.severity.origin == "cvss"]
    vectors += [replace(one, severity=by_score) for one in words for by_score in _by_score(one.severity)]
    others = _of_the_list(record) if record is not None else ()
    return tuple(dict.fromkeys((*_worst_first(words), *_worst_first(vectors), *others)))


def said(records: Sequence[Advisory]) -> tuple[Evidence, ...]:
    """The records' own words on the flaw, as evidence of no package."""
    return tuple(
        Evidence(one.id, one.source, one.modified, "", "", one.ecosystem, one.package, "", "", severity=one.severity)
        for one in records
    )


def _record(finding: Finding, records: Records) -> CveRecord | None:
    """The id's own record first; an alias is asked only where the id has none."""
    return next((records[name] for name in (finding.id, *finding.aliases) if name in records), None)


def _rated(finding: Finding, record: CveRecord | None) -> Finding:
    ratings = ratings_of(finding.evidence, record)
    taken = ratings[0].severity if ratings else Severity()
    if record is None:
        return replace(finding, severity=taken, ratings=ratings)
    return replace(
        finding,
        severity=taken,
        ratings=ratings,
        ssvc=record.ssvc,
        cwes=record.cwes,
        summary=finding.summary or record.title,
        published=finding.published or record.published,
    )


def _worst_first(ratings: Iterable[Rating]) -> list[Rating]:
    return sorted(ratings, key=lambda one: (-one.severity.rank, -(one.severity.score or 0.0), one.by))


def _by_score(severity: Severity) -> Iterator[Severity]:
    """What a record's own vector says, where the record has a word of its own besides."""
    if severity.score is not None:
        yield Severity(rating_of_score(severity.score), "cvss", severity.score, severity.vector)


def _of_the_list(record: CveRecord) -> Iterator[Rating]:
    if record.cna.origin:
        yield Rating(record.cna, record.assigner or "CNA")
    if record.adp.origin:
        yield Rating(record.adp, CISA)


def _stands(finding: Finding, record: CveRecord) -> bool:
    if record.instead or any(one.matcher == DISTRIBUTION for one in finding.evidence):
        return True
    return any(one.modified[:_DAY] > record.modified for one in finding.evidence)


def _suppressed(finding: Finding, record: CveRecord) -> Suppressed:
    first = finding.evidence[0] if finding.evidence else None
    reason = f"{finding.id} was rejected by the CVE list{_on(record)}: {record.rejected}"
    return Suppressed(finding.installed, reason, finding.id, first)


def _on(record: CveRecord) -> str:
    return f" (record of {record.modified})" if record.modified else ""
