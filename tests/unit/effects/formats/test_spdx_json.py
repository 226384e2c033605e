import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from spdx_tools.spdx.parser.parse_anything import parse_file
from spdx_tools.spdx.validation.document_validator import validate_full_spdx_document

from oakum.effects.format import Page
from oakum.effects.formats.spdx_json import spdx_json
from oakum.model.fact import Gap
from oakum.model.report import Report
from oakum.testing.inventory import installed
from oakum.testing.report import finding, report
from oakum.testing.sbom import sbom_report

_SCHEMA = Path(__file__).parents[3] / "schemas" / "spdx-2.3.json"


def _written(shown: Report) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(spdx_json.write(shown, Page()))
    return document


def _mistakes(document: dict[str, Any], folder: Path) -> list[str]:
    """What SPDX's own library (Apache-2.0) finds wrong: it knows the schema and the rules beyond it."""
    path = folder / "made.spdx.json"
    path.write_text(json.dumps(document))
    return [one.validation_message for one in validate_full_spdx_document(parse_file(str(path)))]


def _related(document: dict[str, Any], how: str) -> list[tuple[str, str]]:
    names = {one["SPDXID"]: one["name"] for one in document["packages"]} | {"SPDXRef-DOCUMENT": "document"}
    rows = [one for one in document["relationships"] if one["relationshipType"] == how]
    return [(names[one["spdxElementId"]], names[one["relatedSpdxElement"]]) for one in rows]


@pytest.mark.parametrize("shown", [sbom_report(), report(finding("CVE-1", installed("npm", "a\x1b\u202e", "1")))])
def test_the_document_is_valid(shown: Report, tmp_path: Path) -> None:
    assert _mistakes(_written(shown), tmp_path) == []
    jsonschema_rs.validator_for(json.loads(_SCHEMA.read_text())).validate(_written(shown))


_TEXT = st.text(st.characters(), max_size=8)


@settings(max_examples=30)
@given(_TEXT, _TEXT, _TEXT)
def test_hostile_names_keep_the_schema(name: str, version: str, licence: str) -> None:
    one = installed("npm", name, version)
    one = replace(one, package=replace(one.package, licenses=(licence,)))
    shown = replace(report(finding(name, one), gaps=(Gap(name, version, licence),)), created=version)
    jsonschema_rs.validator_for(json.loads(_SCHEMA.read_text())).validate(_written(shown))


def test_a_wrong_document_would_be_found(tmp_path: Path) -> None:
    document = _written(sbom_report())
    document["packages"][0]["SPDXID"] = "SPDXRef-no spaces"
    assert _mistakes(document, tmp_path)


def test_the_relationships() -> None:
    document = _written(sbom_report())
    assert _related(document, "DESCRIBES") == [("document", "shop")]
    assert ("shop", "debian") in _related(document, "CONTAINS")
    assert ("@babel/core", "debug") in _related(document, "DEPENDS_ON")
    assert ("libssl3", "openssl") in _related(document, "GENERATED_FROM")
    assert {one["primaryPackagePurpose"] for one in document["packages"]} == {
        "CONTAINER", "OPERATING_SYSTEM", "ARCHIVE", "LIBRARY", "SOURCE",
    }  # fmt: skip


def test_the_image_and_its_layers_have_checksums() -> None:
    document = _written(sbom_report())
    sums = {one["name"]: one["checksums"][0]["checksumValue"] for one in document["packages"] if "checksums" in one}
    assert sums == {"shop": "a" * 64, "layer 0": "0" * 64, "layer 1": "2" * 64}


def test_gaps_are_annotations_of_the_document() -> None:
    comments = [one["comment"] for one in _written(sbom_report())["annotations"]]
    assert [comment.partition("=")[0] for comment in comments] == ["oakum:gap", "oakum:judgement-gap"]
    assert "annotations" not in _written(report())


def test_a_declared_licence_is_a_reference_to_its_text() -> None:
    document = _written(replace(sbom_report()))
    texts = {one["licenseId"]: one["extractedText"] for one in document.get("hasExtractedLicensingInfos", [])}
    declared = {one["name"]: one["licenseDeclared"] for one in document["packages"]}
    assert texts.get(declared["Django"], declared["Django"]) == "BSD-3-Clause"
    assert declared["libc6"] == "NOASSERTION"
