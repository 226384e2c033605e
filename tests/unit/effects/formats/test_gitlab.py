import json
import os
from typing import Any

import jsonschema_rs
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from oakum.effects.format import Page
from oakum.effects.formats.gitlab import gitlab
from oakum.model.fact import Gap
from oakum.testing.inventory import installed
from oakum.testing.report import finding, report

SCHEMAS = os.path.join(os.path.dirname(__file__), "..", "..", "..", "corpus", "schemas")
LODASH = installed("npm", "lodash", "4.17.0", layer=1)

with open(os.path.join(SCHEMAS, "gitlab-container-scanning.json"), encoding="utf-8") as opened:
    VALIDATOR = jsonschema_rs.validator_for(json.load(opened))


def written(*findings: Any, **changed: Any) -> dict[str, Any]:  # noqa: ANN401 - findings and fields of the report
    document = json.loads(gitlab.write(replace(report(*findings), **changed), Page()))
    VALIDATOR.validate(document)
    return dict(document)


def test_a_finding_becomes_what_gitlab_shows() -> None:
    (one,) = written(finding("CVE-2026-1", LODASH, fixed=("4.17.21",)))["vulnerabilities"]
    assert one["severity"] == "High"
    assert one["solution"] == "upgrade lodash to 4.17.21 or later"
    assert one["identifiers"][0]["type"] == "cve"
    assert one["location"]["dependency"] == {"package": {"name": "lodash"}, "version": "4.17.0"}


def test_what_nobody_rated_is_unknown_not_info() -> None:
    (one,) = written(finding("CVE-2026-1", LODASH, rating="unscored"))["vulnerabilities"]
    assert one["severity"] == "Unknown"


def test_a_scan_that_saw_a_part_alone_is_no_success() -> None:
    scan = written(gaps=(Gap("unreadable-file", "is cut off", "x.jar"),))["scan"]
    assert scan["status"] == "failure"
    assert scan["messages"] == [{"level": "warn", "value": "unreadable-file: is cut off x.jar"}]
    assert written()["scan"]["status"] == "success"


@given(name=st.text(), identity=st.text(), created=st.text())
def test_any_names_keep_to_the_schema(name: str, identity: str, created: str) -> None:
    written(finding(identity, installed("npm", name, "1")), created=created)
