from msgspec.structs import replace

from oakum.effects.finding_words import fingerprint, headline, known, links, place, remedy, score
from oakum.model.advisory import Exploited
from oakum.model.severity import Severity
from oakum.testing.inventory import installed
from oakum.testing.report import finding, report

OPENSSL = installed("deb", "libssl3", "3.0.11-1+b1", source="openssl 3.0.11-1")


def test_a_finding_is_said_in_a_sentence_with_what_to_do() -> None:
    found = finding("CVE-1", OPENSSL, fixed=("3.0.13-1", "3.1.0"))
    assert headline(found) == "CVE-1 in libssl3 3.0.11-1+b1"
    assert remedy(found) == "upgrade libssl3 (built from openssl) to 3.0.13-1 or later"
    assert remedy(finding("CVE-1", OPENSSL)) == "no fix is known"
    assert place(found, report(found)).startswith("layer 0")


def test_exploitation_is_told_only_where_it_is_known() -> None:
    assert known(finding("CVE-1", OPENSSL)) == []
    assert known(finding("CVE-1", OPENSSL, exploited=Exploited("2026-01-01", 0.5, 0.9))) == [
        "known to be exploited (CISA KEV, 2026-01-01)",
        "EPSS 50.00%",
    ]


def test_a_score_is_the_vectors_or_the_least_of_the_rating_and_never_invented_for_the_unscored() -> None:
    found = finding("CVE-1", OPENSSL)
    assert score(replace(found, severity=Severity("high", "cvss", 8.1))) == 8.1
    assert score(found) == 7.0
    assert score(finding("CVE-1", OPENSSL, rating="unscored")) is None


def test_a_fingerprint_survives_a_rebuild_and_an_upgrade_that_mends_nothing() -> None:
    found = finding("CVE-1", OPENSSL)
    rebuilt = finding("CVE-1", replace(OPENSSL, layer=7, package=replace(OPENSSL.package, version="3.0.12-1")))
    assert fingerprint(found) == fingerprint(rebuilt)
    assert fingerprint(found) != fingerprint(finding("CVE-2", OPENSSL))
    assert fingerprint(found) != fingerprint(
        finding("CVE-1", replace(OPENSSL, package=replace(OPENSSL.package, name="libcrypto3")))
    )


def test_only_safe_links_are_given() -> None:
    found = finding("CVE-1", OPENSSL)
    evidence = tuple(
        replace(found.evidence[0], url=url)
        for url in ("javascript:alert(1)", "https://a.example/1", "https://a.example/1")
    )
    assert links(replace(found, evidence=evidence)) == ["https://a.example/1"]
