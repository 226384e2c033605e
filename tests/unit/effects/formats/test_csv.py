import csv as reader
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from oakum.effects.format import Page
from oakum.effects.formats.csv import csv
from oakum.model.fact import Gap
from oakum.model.finding import Suppressed
from oakum.testing.inventory import installed
from oakum.testing.report import finding, report

LODASH = installed("npm", "lodash", "4.17.0", layer=1)


def table(*findings: Any, **changed: Any) -> list[dict[str, str]]:  # noqa: ANN401 - findings and fields
    document = csv.write(replace(report(*findings), **changed), Page()).decode()
    assert document.endswith("\r\n")
    return list(reader.DictReader(io.StringIO(document, newline="")))


def test_findings_accepted_ones_and_gaps_are_rows() -> None:
    accepted = Suppressed(LODASH, "accepted by x.toml:1: unused, really", "CVE-2", None, "x.toml:1")
    gap = Gap("unreadable-file", "is cut off", "x.jar")
    found = table(finding("CVE-1", LODASH, fixed=("4.17.21",)), suppressed=(accepted,), gaps=(gap,))
    assert [(one["kind"], one["id"]) for one in found] == [
        ("finding", "CVE-1"),
        ("accepted", "CVE-2"),
        ("gap", "unreadable-file"),
    ]
    assert found[0]["fixed_versions"] == "4.17.21"
    assert found[1]["note"] == "accepted by x.toml:1: unused, really"


def test_an_inventory_alone_is_its_packages() -> None:
    found = table(scanners=("packages",))
    assert {one["kind"] for one in found} == {"package"}
    assert {one["package"] for one in found} == {"bash", "six"}


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+1", "-1", "@types/node", "\t=1"])
def test_no_name_is_a_formula(name: str) -> None:
    (found,) = table(finding("CVE-1", installed("npm", name, "1")))
    assert not found["package"].startswith(("=", "+", "-", "@", "\t", "\r"))


@given(name=st.text())
def test_any_name_stays_in_its_cell(name: str) -> None:
    (found,) = table(finding("CVE-1", installed("npm", name, "1")))
    assert found["version"] == "1"
    assert None not in found
