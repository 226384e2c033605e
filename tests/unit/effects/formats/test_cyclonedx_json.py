import importlib.resources
import json
from functools import cache
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from oakum.effects.format import Page
from oakum.effects.formats.cyclonedx_json import cyclonedx_json
from oakum.model.advisory import Exploited
from oakum.model.fact import Gap
from oakum.model.finding import Suppressed
from oakum.model.report import Report
from oakum.model.severity import Severity
from oakum.testing.inventory import installed
from oakum.testing.report import finding, report
from oakum.testing.sbom import sbom_report

_SCHEMAS = ("bom-1.6.SNAPSHOT.schema.json", "spdx.SNAPSHOT.schema.json", "jsf-0.82.SNAPSHOT.schema.json")
"""CycloneDX's own schemas (Apache-2.0), which its Python library carries."""

_BASE = "http://cyclonedx.org/schema/"
_VECTOR = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"


@cache
def _validator() -> Any:  # noqa: ANN401 - the class depends on the draft
    folder = importlib.resources.files("cyclonedx.schema._res")
    schemas = [(_BASE + name, json.loads((folder / name).read_text("utf-8"))) for name in _SCHEMAS]
    return jsonschema_rs.validator_for(schemas[0][1], registry=jsonschema_rs.Registry(schemas))


def _written(shown: Report) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(cyclonedx_json.write(shown, Page()))
    _validator().validate(document)
    return document


def _component(document: dict[str, Any], name: str) -> dict[str, Any]:
    (found,) = [one for one in document["components"] if one["name"] == name]
    return found  # type: ignore[no-any-return]


def _values(row: dict[str, Any]) -> dict[str, str]:
    return {one["name"]: one["value"] for one in row["properties"]}


def test_the_schema_refuses_what_is_wrong() -> None:
    document = _written(sbom_report())
    with pytest.raises(jsonschema_rs.ValidationError):
        _validator().validate(document | {"components": [{"name": "x", "type": "no-type"}]})


def test_the_image_and_its_system_are_components() -> None:
    document = _written(sbom_report())
    about = document["metadata"]["component"]
    assert (about["type"], about["name"], about["version"]) == ("container", "shop", "1.0")
    assert about["purl"] == f"pkg:oci/shop@sha256:{'a' * 64}?repository_url=shop&tag=1.0"
    system = document["components"][0]
    assert (system["type"], system["name"], system["version"]) == ("operating-system", "debian", "12")


def test_a_package_says_where_it_is_and_what_it_came_from() -> None:
    found = _component(_written(sbom_report()), "libssl3")
    assert (
        found["purl"] == "pkg:deb/debian/libssl3@3.0.11-1%2Bb1?arch=amd64&distro=debian-12&upstream=openssl%403.0.11-1"
    )
    values = _values(found)
    assert values["oakum:layer:index"] == "0"
    assert values["aquasecurity:trivy:SrcName"] == "openssl"
    assert found["evidence"]["occurrences"] == [{"location": "var/lib/dpkg/status"}]


def test_names_with_groups_guesses_and_scopes() -> None:
    document = _written(sbom_report())
    assert _component(document, "shop")["group"] == "org.example"
    assert _component(document, "core")["group"] == "@babel"
    assert _component(document, "unknown")["evidence"]["identity"][0]["confidence"] < 1
    scopes = {one.get("scope") for one in document["components"] if one["name"] == "debug"}
    assert scopes == {"excluded", "optional"}


def test_stated_dependencies_are_edges() -> None:
    edges = {row["ref"]: row.get("dependsOn") for row in _written(sbom_report())["dependencies"]}
    assert edges["pkg:npm/%40babel/core@7.24.0"] == ["pkg:npm/debug@4.3.4"]
    assert len(edges["subject"]) == 14


def test_what_is_unknown_makes_it_incomplete() -> None:
    document = _written(sbom_report())
    assert document["compositions"] == [{"aggregate": "incomplete", "assemblies": ["subject"]}]
    names = [one["name"] for one in document["metadata"]["properties"]]
    assert names == ["oakum:gap", "oakum:judgement-gap"]
    assert "compositions" not in _written(report())


def test_findings_have_ratings_with_their_source_and_what_they_affect() -> None:
    django = installed("pypi", "Django", "3.2.1", layer=1)
    one = finding("CVE-2026-1", django, fixed=("3.2.10",), exploited=Exploited("2026-01-01", 0.9, 0.99))
    scored = Severity("critical", "cvss", 9.8, _VECTOR)
    one = replace(one, evidence=(*one.evidence, replace(one.evidence[0], advisory="PYSEC-1", severity=scored)))
    (row,) = _written(report(one))["vulnerabilities"]
    source = {"name": "osv:Debian"}
    second = {"source": source, "score": 9.8, "severity": "critical", "method": "CVSSv31", "vector": _VECTOR}
    assert row["ratings"] == [{"source": source, "severity": "high"}, second]
    versions = [{"version": "3.2.1", "status": "affected"}]
    assert row["affects"] == [{"ref": "pkg:pypi/Django@3.2.1", "versions": versions}]
    assert row["recommendation"] == "take Django 3.2.10"
    assert row["references"] == [{"id": "PYSEC-1", "source": {"name": "osv:Debian"}}]


def test_an_unscored_finding_is_unknown_and_not_low() -> None:
    shown = report(finding("CVE-2026-1", installed("npm", "a", "1"), rating="unscored"))
    assert _written(shown)["vulnerabilities"][0]["ratings"] == [{"severity": "unknown"}]


def test_what_was_not_counted_is_there_with_its_reason() -> None:
    shown = report()
    bash = shown.inventory.packages[0]
    shown = replace(shown, suppressed=(*shown.suppressed, Suppressed(bash, "not built", "CVE-2026-9")))
    document = _written(shown)
    assert document["vulnerabilities"][0]["analysis"] == {"state": "not_affected", "detail": "not built"}
    assert "oakum:not-judged" in _values(_component(document, "six"))


def test_packages_with_one_purl_have_names_of_their_own() -> None:
    same = [installed("npm", "a", "1", layer=layer) for layer in (0, 1)]
    shown = report(*(finding("CVE-2026-1", one) for one in same))
    shown = replace(shown, inventory=replace(shown.inventory, packages=tuple(same)))
    assert [one["bom-ref"] for one in _written(shown)["components"][1:]] == ["pkg:npm/a@1", "pkg:npm/a@1|2"]


_TEXT = st.text(st.characters(), max_size=8)


@settings(max_examples=40)
@given(_TEXT, _TEXT, _TEXT)
def test_hostile_names_make_a_valid_document(name: str, version: str, path: str) -> None:
    shown = report(finding(name or "x", installed("npm", name, version)), gaps=(Gap(name, version, path),))
    _written(replace(shown, created=version))


def test_the_same_report_is_the_same_document_and_another_one_another() -> None:
    first = cyclonedx_json.write(sbom_report(), Page())
    assert first == cyclonedx_json.write(sbom_report(), Page(40, colour=True))
    other = _written(replace(sbom_report(), created="2026-01-03T04:05:07Z"))
    assert json.loads(first)["serialNumber"] != other["serialNumber"]
