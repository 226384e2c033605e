import json
import os
from typing import Any

import jsonschema_rs
import pytest
from msgspec.structs import replace

from oakum.effects.format import Page
from oakum.effects.formats.sarif import sarif
from oakum.model.fact import Gap
from oakum.model.finding import Suppressed
from oakum.model.severity import Rating, Severity
from oakum.testing.inventory import installed
from oakum.testing.report import finding, report

SCHEMA = os.path.join(os.path.dirname(__file__), "..", "..", "..", "corpus", "schemas", "sarif-2.1.0.json")
LODASH = installed("npm", "lodash", "4.17.0", layer=1)
EVIL = installed("npm", "a b\x1b\u202e%#?.js", "1.0.0", layer=1)


def run(*findings: Any, **changed: Any) -> dict[str, Any]:  # noqa: ANN401 - findings and fields of the report
    document = json.loads(sarif.write(replace(report(*findings), **changed), Page()))
    with open(SCHEMA, encoding="utf-8") as file:
        jsonschema_rs.validator_for(json.load(file)).validate(document)
    (only,) = document["runs"]
    return dict(only)


def test_each_vulnerability_is_a_rule_and_each_package_a_result() -> None:
    found = run(finding("CVE-2", LODASH, rating="low"), finding("CVE-1", LODASH), finding("CVE-1", EVIL))
    assert [rule["id"] for rule in found["tool"]["driver"]["rules"]] == ["CVE-1", "CVE-2"]
    assert [(one["ruleId"], one["ruleIndex"], one["level"]) for one in found["results"]] == [
        ("CVE-2", 1, "note"),
        ("CVE-1", 0, "error"),
        ("CVE-1", 0, "error"),
    ]
    assert len({one["partialFingerprints"]["oakumFinding/v1"] for one in found["results"]}) == 3


@pytest.mark.parametrize(("rating", "level", "score"), [("unscored", "warning", None), ("critical", "error", "9.0")])
def test_what_nobody_rated_is_no_note_and_has_no_score(rating: str, level: str, score: str | None) -> None:
    found = run(finding("CVE-1", LODASH, rating=rating))
    assert found["results"][0]["level"] == level
    assert found["tool"]["driver"]["rules"][0]["properties"].get("security-severity") == score


def test_gaps_are_notifications_and_blind_ones_make_the_invocation_fail() -> None:
    gaps = (Gap("starter-data", "of 2026-01-01"), Gap("unreadable-file", "is cut off", "usr/lib/x y.jar"))
    (invocation,) = run(gaps=gaps)["invocations"]
    assert not invocation["executionSuccessful"]
    assert [one["level"] for one in invocation["toolExecutionNotifications"]] == ["note", "warning"]
    assert run()["invocations"][0]["executionSuccessful"]


def test_an_accepted_finding_is_a_suppressed_result_and_an_owned_package_is_none() -> None:
    accepted = Suppressed(LODASH, "accepted until 2027-01-31 by x.toml:1: unused", "CVE-1", None, "x.toml:1")
    (result,) = run(suppressed=(accepted, Suppressed(EVIL, "belongs to another")))["results"]
    assert result["ruleId"] == "CVE-1"
    assert result["suppressions"][0]["justification"] == accepted.reason


def test_paths_are_relative_references_whatever_they_hold() -> None:
    uri = run(finding("CVE-1", EVIL))["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri.isascii()
    assert " " not in uri


def test_who_rated_stands_with_the_result() -> None:
    said = (
        Rating(Severity("high", "source"), "osv:Debian"),
        Rating(Severity("critical", "adp", 9.8, "CVSS:3.1/x"), "CISA-ADP"),
    )
    (result,) = run(replace(finding("CVE-1", LODASH), ratings=said))["results"]
    assert result["properties"]["ratings"] == [
        {"rating": "high", "by": "osv:Debian"},
        {"rating": "critical", "by": "CISA-ADP", "score": 9.8, "vector": "CVSS:3.1/x"},
    ]
