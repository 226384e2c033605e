from typing import Any
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from oakum.effects.format import Page
from oakum.effects.formats.junit import junit
from oakum.model.decision import Decision
from oakum.model.fact import Gap
from oakum.model.finding import Suppressed
from oakum.testing.inventory import installed
from oakum.testing.report import finding, report

LODASH = installed("npm", "lodash", "4.17.0", layer=1)


def suite(*findings: Any, **changed: Any) -> ET.Element:  # noqa: ANN401 - findings and fields of the report
    document = junit.write(replace(report(*findings), **changed), Page())
    (only,) = ET.fromstring(document)  # noqa: S314 - our own document
    assert only.get("tests") == str(len(only.findall("testcase")))
    for word, plural in (("failure", "failures"), ("error", "errors"), ("skipped", "skipped")):
        assert only.get(plural) == str(len(only.findall(f"testcase/{word}")))
    return only


def test_a_finding_fails_with_what_to_do() -> None:
    found = suite(finding("CVE-1", LODASH, fixed=("4.17.21",)))
    failure = found.find("testcase/failure")
    assert failure is not None
    assert failure.get("message") == "high: upgrade lodash to 4.17.21 or later"


def test_a_gate_that_lets_pass_fails_no_test() -> None:
    found = suite(finding("CVE-1", LODASH), decision=Decision("allow", asked=True), gaps=(Gap("starter-data", "x"),))
    assert (found.get("failures"), found.get("errors"), found.get("skipped")) == ("0", "0", "2")


def test_what_was_not_judged_is_an_error_and_nothing_at_all_is_a_passed_case() -> None:
    assert suite(gaps=(Gap("unreadable-file", "is cut off", "x.jar"),)).get("errors") == "1"
    clean = suite(gaps=())
    assert (clean.get("tests"), clean.get("failures")) == ("1", "0")


def test_an_accepted_finding_is_skipped_with_its_reason() -> None:
    accepted = Suppressed(LODASH, "accepted by x.toml:1: unused", "CVE-1", None, "x.toml:1")
    skipped = suite(suppressed=(accepted,)).find("testcase/skipped")
    assert skipped is not None
    assert skipped.get("message") == accepted.reason


@given(name=st.text(), path=st.text())
def test_any_name_is_carried_by_xml(name: str, path: str) -> None:
    suite(finding("CVE-1", installed("npm", name, "1")), gaps=(Gap("unreadable-file", name, path),))
