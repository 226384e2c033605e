"""Who rated what, in words."""

from msgspec.structs import replace

from oakum.effects.rating_words import in_words, ratings
from oakum.model.finding import Finding
from oakum.model.severity import Rating, Severity
from oakum.testing.inventory import installed
from oakum.testing.report import finding, report

WORD = Rating(Severity("low", "source"), "DEBIAN-CVE-2026-1 (osv:Debian)")
CNA = Rating(Severity("high", "cna", 8.1, "CVSS:3.1/AV:N"), "example")
CISA = Rating(Severity("critical", "adp", 9.8, "CVSS:3.1/AV:N"), "CISA-ADP")
PACKAGE = installed("deb", "a", "1")


def found(name: str, *said: Rating, rejected: str = "") -> Finding:
    severity = said[0].severity if said else Severity()
    return replace(finding(name, PACKAGE), severity=severity, ratings=said, rejected=rejected)


def test_nothing_found_says_nothing() -> None:
    assert ratings(report()) == []


def test_it_counts_whose_word_was_taken_and_what_nobody_rated() -> None:
    shown = report(found("CVE-2026-1", WORD), found("CVE-2026-2", CNA), found("CVE-2026-3", CNA), found("CVE-2026-4"))
    assert ratings(shown) == [
        "of 4: 1 by the source's own word, 2 by the CVE record's authority",
        "1 unscored: nobody rated them, which is not low",
    ]


def test_it_names_what_somebody_rates_worse() -> None:
    lines = ratings(report(found("CVE-2026-1", WORD, CNA, CISA), found("CVE-2026-2", CISA, CNA)))
    assert lines[1:] == ["CVE-2026-1: low by DEBIAN-CVE-2026-1 (osv:Debian), but critical 9.8 by CISA-ADP"]
    many = ratings(report(*(found(f"CVE-2026-{number}", WORD, CISA) for number in range(8))))
    assert many[-1] == "and 3 more that somebody rates worse than was taken"


def test_it_names_an_id_that_was_rejected() -> None:
    assert ratings(report(found("CVE-2026-1", WORD, rejected="a duplicate of CVE-2026-2")))[1] == (
        "CVE-2026-1 was rejected by the CVE list and counts all the same: a duplicate of CVE-2026-2"
    )


def test_a_finding_in_several_packages_is_one() -> None:
    assert ratings(report(found("CVE-2026-1", WORD), found("CVE-2026-1", WORD)))[0].startswith("of 1:")


def test_a_rating_in_one_line() -> None:
    assert in_words(CISA) == "critical 9.8 by CISA-ADP (CVSS:3.1/AV:N)"
    assert in_words(WORD) == "low by DEBIAN-CVE-2026-1 (osv:Debian)"
