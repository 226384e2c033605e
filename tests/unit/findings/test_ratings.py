"""Whose rating is taken, what the others say, and findings whose id was rejected."""

from collections.abc import Sequence

import pytest
from msgspec.structs import replace

from oakum.findings.ratings import with_ratings, without_rejected
from oakum.model.cve import CveRecord, Ssvc
from oakum.model.finding import Evidence, Finding
from oakum.model.severity import Rating, Severity
from oakum.testing.inventory import installed
from oakum.testing.report import finding

CVE = "CVE-2026-1"
WORD = Severity("low", "source")
BOTH = Severity("medium", "source", 9.8, "CVSS:3.1/x")
VECTOR = Severity("high", "cvss", 7.5, "CVSS:3.1/y")
CNA = Severity("medium", "cna", 5.0, "CVSS:3.1/z")
CISA = Severity("critical", "adp", 9.1, "CVSS:3.1/w")
PACKAGE = installed("pypi", "a", "1.0")


def found(*severities: Severity, matcher: str = "language", modified: str = "2026-01-01") -> Finding:
    one = finding(CVE, PACKAGE, rating="unscored")
    evidence = [
        replace(one.evidence[0], advisory=f"A-{number}", severity=severity, matcher=matcher, modified=modified)
        for number, severity in enumerate(severities)
    ]
    return replace(one, evidence=tuple(evidence))


def rated(one: Finding, record: CveRecord | None = None) -> Finding:
    (shown,) = with_ratings([one], {record.cve: record} if record else {})
    return shown


@pytest.mark.parametrize(
    ("severities", "record", "taken"),
    [
        ([VECTOR, WORD], CveRecord(CVE, CNA, CISA), WORD),
        ([VECTOR], CveRecord(CVE, CNA, CISA), VECTOR),
        ([Severity()], CveRecord(CVE, CNA, CISA), CNA),
        ([Severity()], CveRecord(CVE, Severity(), CISA), CISA),
        ([Severity()], CveRecord(CVE), Severity()),
        ([Severity()], None, Severity()),
        ([Severity("low", "source"), Severity("high", "source")], None, Severity("high", "source")),
    ],
)
def test_whose_word_is_taken(severities: Sequence[Severity], record: CveRecord | None, taken: Severity) -> None:
    shown = rated(found(*severities), record)
    assert shown.severity == taken
    assert [one.severity for one in shown.ratings][:1] == ([taken] if taken.origin else [])


def test_every_party_is_shown_with_its_name() -> None:
    shown = rated(found(BOTH, Severity(), VECTOR), CveRecord(CVE, CNA, CISA, assigner="example"))
    assert shown.ratings == (
        Rating(BOTH, "A-0 (osv:Debian)"),
        Rating(Severity("critical", "cvss", 9.8, "CVSS:3.1/x"), "A-0 (osv:Debian)"),
        Rating(VECTOR, "A-2 (osv:Debian)"),
        Rating(CNA, "example"),
        Rating(CISA, "CISA-ADP"),
    )


def test_the_list_s_own_words_fill_what_the_data_leave_out() -> None:
    record = CveRecord(
        CVE, ssvc=Ssvc("active", "yes", "total"), cwes=("CWE-79",), title="A flaw", published="2026-01-01"
    )
    shown = rated(found(WORD), record)
    assert (shown.ssvc, shown.cwes, shown.summary, shown.published) == (
        Ssvc("active", "yes", "total"),
        ("CWE-79",),
        "A flaw",
        "2026-01-01",
    )
    assert rated(replace(found(WORD), summary="Known"), record).summary == "Known"


def test_an_alias_is_asked_where_the_id_has_no_record() -> None:
    named = replace(found(Severity()), id="GHSA-1", aliases=(CVE,))
    assert rated(named, CveRecord(CVE, CNA)).severity == CNA


REJECTED = CveRecord(CVE, modified="2026-02-02", rejected="it was no flaw")


def test_a_finding_falls_with_its_rejected_id_and_says_why() -> None:
    standing, (fallen,) = without_rejected([found(VECTOR)], {CVE: REJECTED})
    assert standing == ()
    assert fallen.reason == "CVE-2026-1 was rejected by the CVE list (record of 2026-02-02): it was no flaw"
    assert fallen.advisory == CVE
    assert isinstance(fallen.evidence, Evidence)


@pytest.mark.parametrize(
    ("one", "record"),
    [
        (found(VECTOR, matcher="distro"), REJECTED),
        (found(VECTOR, modified="2026-02-03T00:00:00Z"), REJECTED),
        (found(VECTOR), replace(REJECTED, instead=("CVE-2026-2",))),
        (found(VECTOR), replace(REJECTED, modified="")),
    ],
    ids=["a distribution says so", "revised after the rejection", "it has another id", "nobody knows when"],
)
def test_a_finding_that_something_speaks_for_stands_and_says_that_its_id_was_rejected(
    one: Finding, record: CveRecord
) -> None:
    (standing,), fallen = without_rejected([one], {CVE: record})
    assert fallen == ()
    assert standing.rejected == "it was no flaw"


def test_a_record_that_stands_changes_nothing() -> None:
    assert without_rejected([found(VECTOR)], {CVE: CveRecord(CVE)}) == ((found(VECTOR),), ())
