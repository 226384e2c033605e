"""One record of the CVE list."""

import json
from typing import Any

import pytest

from oakum.intel.cve_record import cve_record
from oakum.intel.osv_record import Unusable
from oakum.model.cve import CveRecord, Ssvc
from oakum.model.severity import Severity

V4 = "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N"
V31 = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"
V31_LESS = "CVSS:3.1/AV:L/AC:L/PR:N/UI:N/S:U/C:L/I:N/A:N"
V30 = "CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"
V2 = "AV:N/AC:L/Au:N/C:P/I:P/A:P"


def document(cna: dict[str, Any], *adp: dict[str, Any], **about: object) -> bytes:
    meta = {"cveId": "CVE-2026-1000", "state": "PUBLISHED", "assignerShortName": "example", **about}
    return json.dumps({"cveMetadata": meta, "containers": {"cna": cna, "adp": adp}}).encode()


def cisa(*metrics: dict[str, Any], **more: object) -> dict[str, Any]:
    return {"providerMetadata": {"shortName": "CISA-ADP"}, "metrics": metrics, **more}


def other(kind: str, **content: object) -> dict[str, Any]:
    return {"other": {"type": kind, "content": content}}


def read(cna: dict[str, Any], *adp: dict[str, Any], **about: object) -> CveRecord:
    return cve_record(document(cna, *adp, **about))[0]


@pytest.mark.parametrize(
    ("field", "vector", "score"),
    [("cvssV4_0", V4, 9.3), ("cvssV3_1", V31, 9.8), ("cvssV3_0", V30, 9.8), ("cvssV2_0", V2, 7.5)],
)
def test_every_version_of_cvss_rates(field: str, vector: str, score: float) -> None:
    rated = read({"metrics": [{field: {"vectorString": vector}}]}).cna
    assert (rated.origin, rated.score, rated.vector) == ("cna", score, vector)


def test_the_newest_cvss_counts_and_of_several_scenarios_the_worst() -> None:
    metrics: list[dict[str, Any]] = [
        {"cvssV3_1": {"vectorString": V31}, "scenarios": [{"lang": "en", "value": "GENERAL"}]},
        {"cvssV3_1": {"vectorString": V31_LESS}, "scenarios": [{"lang": "en", "value": "behind a proxy"}]},
    ]
    assert read({"metrics": metrics}).cna.vector == V31
    assert read({"metrics": [*metrics, {"cvssV4_0": {"vectorString": V4}}]}).cna.vector == V4


@pytest.mark.parametrize(
    "word",
    [
        other("Example severity rating", value="Important", namespace="https://example.org/"),
        other("Textual description of severity", text="important"),
    ],
)
def test_an_authority_s_own_word_comes_before_its_vector(word: dict[str, Any]) -> None:
    rated = read({"metrics": [{"cvssV3_1": {"vectorString": V31}}, word]}).cna
    assert rated == Severity("high", "cna", 9.8, V31)


def test_a_score_without_a_vector_that_can_be_read_is_taken_as_it_is() -> None:
    assert read({"metrics": [{"cvssV3_1": {"vectorString": "?", "baseScore": 5.5}}]}).cna == Severity(
        "medium", "cna", 5.5
    )
    assert read({"metrics": [{"cvssV3_1": {"vectorString": "?", "baseScore": 99}}]}).cna == Severity()
    assert read({"metrics": [{"cvssV3_1": {"vectorString": "x" * 10_000}}]}).cna == Severity()


def test_cisa_answers_in_a_container_of_its_own() -> None:
    options = [{"Exploitation": "active"}, {"Automatable": "yes"}, {"Technical Impact": "total"}]
    container = cisa(
        {"cvssV3_1": {"vectorString": V31}},
        other("ssvc", options=options, version="2.0.3"),
        other("kev", dateAdded="2026-03-30", reference="https://example.org/"),
        problemTypes=[{"descriptions": [{"cweId": "CWE-787"}, {"cweId": "CWE-79"}, {"cweId": "nonsense"}]}],
    )
    cna = {"title": "A flaw", "problemTypes": [{"descriptions": [{"cweId": "CWE-79"}, {"description": "n/a"}]}]}
    record, kev = cve_record(document(cna, {"providerMetadata": {"shortName": "CVE"}}, container))
    assert record.cna == Severity()
    assert record.adp == Severity("critical", "adp", 9.8, V31)
    assert record.ssvc == Ssvc("active", "yes", "total")
    assert record.cwes == ("CWE-79", "CWE-787")
    assert (record.title, record.assigner, kev) == ("A flaw", "example", "2026-03-30")


def test_another_publisher_s_words_are_not_cisa_s() -> None:
    foreign = {"providerMetadata": {"shortName": "CISA-ADP2"}, "metrics": [{"cvssV3_1": {"vectorString": V31}}]}
    assert read({}, foreign).adp == Severity()


def test_answers_that_the_tree_does_not_have_are_left_out() -> None:
    options = [{"Exploitation": "maybe"}, {"Automatable": 7}, {"Technical Impact": "Total"}, "x", None]
    assert read({}, cisa(other("ssvc", options=options))).ssvc == Ssvc("", "", "total")
    assert read({}, cisa(other("ssvc", options={}), other("ssvc"))).ssvc is None


def test_a_rejected_record_says_why_and_what_is_meant_instead() -> None:
    reason = "This candidate is a duplicate of CVE-2026-1001.\n Use that. CVE-2026-1000 was never used."
    cna = {"rejectedReasons": [{"lang": "en", "value": reason}], "replacedBy": ["CVE-2026-2000", "nonsense"]}
    record = read(cna, state="REJECTED", dateUpdated="2026-02-03T04:05:06.789Z")
    assert record.rejected.startswith("This candidate is a duplicate of CVE-2026-1001. Use that.")
    assert record.instead == ("CVE-2026-2000", "CVE-2026-1001")
    assert record.modified == "2026-02-03"
    assert read({}, state="REJECTED").rejected == "the record gives no reason"


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"{}",
        b'{"cveMetadata": {"cveId": "CVE-2026-1000"}}',
        document({}, cveId="GHSA-1"),
        document({}, cveId="CVE-2026-1\x1b[31m"),
        document({}, state="RESERVED"),
        document({"metrics": {"cvssV3_1": 7}}),
        b'{"cveMetadata":' + b"[" * 100_000,
    ],
)
def test_what_is_no_record_is_unusable(broken: bytes) -> None:
    with pytest.raises(Unusable):
        cve_record(broken)


def test_texts_are_shortened_and_made_printable() -> None:
    record = read({"title": "a\x1b[31m\u202eb" + "x" * 500}, assignerShortName="y" * 500)
    assert record.title.startswith("a[31mb")
    assert len(record.title) <= 200
    assert len(record.assigner) == 60
