"""The report for programs."""

import json as standard
import os
from typing import Any

import jsonschema_rs
import pytest

from oakum.effects.format import Page
from oakum.effects.formats.json import json
from oakum.effects.json_document import json_schema, schema_text
from oakum.model.advisory import Exploited
from oakum.model.decision import Decision
from oakum.model.fact import Gap
from oakum.model.report import Report
from oakum.testing.inventory import installed
from oakum.testing.report import finding, report

_PACKAGE = installed("pypi", "django", "3.2.1", layer=1)


def _written(shown: Report) -> dict[str, Any]:
    document: dict[str, Any] = standard.loads(json.write(shown, Page()))
    return document


def _full() -> Report:
    return report(
        finding("CVE-2026-1", _PACKAGE, fixed=("3.2.10",), exploited=Exploited("2026-01-01", 0.9, 0.99)),
        finding("CVE-2026-2", _PACKAGE, rating="unscored"),
        gaps=(Gap("unreadable-file", "is cut off", "x.jar", "sha256:0"), Gap("starter-data", "of 2026")),
        decision=Decision("deny", asked=True, reasons=("CVE-2026-1",)),
    )


@pytest.mark.parametrize(
    "shown",
    [_full(), report(), Report(_full().artifact, _full().inventory)],
    ids=["full", "nothing found", "inventory alone"],
)
def test_the_document_keeps_to_its_schema(shown: Report) -> None:
    jsonschema_rs.validator_for(json_schema()).validate(_written(shown))


def test_it_names_its_form_and_its_parts_in_order() -> None:
    assert _written(_full())["schema"] == "oakum.report/1"
    assert list(_written(_full())) == [
        "schema", "tool", "created", "scanners", "artifact", "distribution", "packages", "vulnerabilities",
        "suppressed", "gaps", "summary", "decision", "database", "confinement", "documents",
    ]  # fmt: skip


def test_a_vulnerability_names_layer_instruction_and_exploitation() -> None:
    found = standard.loads(json.write(_full(), Page()))["vulnerabilities"][0]
    assert found["layer"]["index"] == 1
    assert found["layer"]["instruction"].startswith("RUN pip install")
    assert found["kev"] == "2026-01-01"
    assert found["epss"] == {"probability": 0.9, "percentile": 0.99}
    assert found["evidence"][0]["range"] == "from 0, fixed in 3.2.10"


def test_scripts_find_what_they_are_promised_in_a_vulnerability() -> None:
    for found in standard.loads(json.write(_full(), Page()))["vulnerabilities"]:
        assert isinstance(found["id"], str)
        assert isinstance(found["aliases"], list)
        assert {"name", "version", "purl"} <= found["package"].keys()
        assert isinstance(found["fixed_versions"], list)


def test_the_summary_counts() -> None:
    assert _written(_full())["summary"] == {
        "severities": {"critical": 0, "high": 1, "medium": 0, "low": 0, "negligible": 0, "unscored": 1},
        "fixable": 1,
        "kev": 1,
        "gaps": 2,
        "packages": 3,
    }


def test_gaps_say_whether_something_was_not_judged() -> None:
    assert [gap["blind"] for gap in standard.loads(json.write(_full(), Page()))["gaps"]] == [True, False]


def test_a_name_that_is_no_text_is_replaced() -> None:
    shown = report(finding("CVE-2026-1", installed("npm", "a\udcffb\u202e", "1.0")))
    written = standard.loads(json.write(shown, Page()))["vulnerabilities"][0]["package"]["name"]
    assert written == "a\ufffd\ufffd\ufffdb\u202e"


def test_the_schema_in_the_documentation_is_the_one_of_the_code() -> None:
    root = os.path.dirname(os.path.abspath(__file__)).split("/tests/", 1)[0]
    with open(os.path.join(root, "docs/reference/report-schema.json"), encoding="utf-8") as file:
        assert file.read() == schema_text()
