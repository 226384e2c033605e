import json
from typing import Any

from oakum.effects.format import Page
from oakum.effects.formats.jenkins import jenkins
from oakum.model.fact import Gap
from oakum.testing.inventory import installed
from oakum.testing.report import finding, report


def document(version: str = "1") -> dict[str, Any]:
    found = report(
        finding("CVE-1", installed("deb", "zlib1g", version), rating="critical", fixed=("2",)),
        finding("CVE-2", installed("deb", "zlib1g", version), rating="unscored"),
        gaps=(Gap("damaged-layer", "is cut off"),),
    )
    said: dict[str, Any] = json.loads(jenkins.write(found, Page()))
    return said


def test_issues_have_the_severities_that_jenkins_knows_and_a_gap_is_one() -> None:
    issues = document()["issues"]
    assert [one["severity"] for one in issues] == ["ERROR", "NORMAL", "NORMAL"]
    assert [one["type"] for one in issues] == ["CVE-1", "CVE-2", "damaged-layer"]
    assert document()["size"] == 3
    assert all(one["fileName"] and one["lineStart"] == 1 for one in issues)


def test_an_upgrade_that_mends_nothing_is_no_new_issue() -> None:
    assert document("1")["issues"][0]["fingerprint"] == document("1.1")["issues"][0]["fingerprint"]
