import json
from typing import Any

from oakum.effects.format import Page
from oakum.effects.formats.syft_json import syft_json
from oakum.model.report import Report
from oakum.testing.report import report
from oakum.testing.sbom import sbom_report


def _written(shown: Report) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(syft_json.write(shown, Page()))
    return document


def _artifact(document: dict[str, Any], name: str) -> dict[str, Any]:
    (found,) = [one for one in document["artifacts"] if one["name"] == name]
    return found  # type: ignore[no-any-return]


def test_packages_have_syfts_kinds_and_what_grype_looks_up() -> None:
    document = _written(sbom_report())
    assert {one["type"] for one in document["artifacts"]} == {"deb", "go-module", "java-archive", "npm", "python"}
    libssl = _artifact(document, "libssl3")
    assert libssl["metadataType"] == "dpkg-db-entry"
    assert (libssl["metadata"]["source"], libssl["metadata"]["sourceVersion"]) == ("openssl", "3.0.11-1")
    assert libssl["locations"][0]["path"] == "/var/lib/dpkg/status"
    assert _artifact(document, "org.example:shop")["metadata"]["pomProperties"]["groupId"] == "org.example"


def test_relations_say_what_needs_what_and_who_owns_what() -> None:
    document = _written(sbom_report())
    names = {one["id"]: one["name"] for one in document["artifacts"]}
    rows = [(names[one["parent"]], names[one["child"]], one["type"]) for one in document["artifactRelationships"]]
    assert ("libc6", "libssl3", "dependency-of") in rows
    assert ("python3-six", "six", "ownership-by-file-overlap") in rows


def test_the_image_and_its_distribution() -> None:
    document = _written(sbom_report())
    assert document["source"]["type"] == "image"
    assert document["source"]["metadata"]["manifestDigest"] == "sha256:" + "a" * 64
    assert document["distro"]["id"] == "debian"
    assert document["distro"]["versionID"] == "12"


def test_gaps_stand_where_the_schema_leaves_room() -> None:
    assert [one["name"] for one in _written(sbom_report())["descriptor"]["configuration"]["gaps"]] == [
        "oakum:gap",
        "oakum:judgement-gap",
    ]
    assert _written(report())["descriptor"]["configuration"] == {"gaps": []}
