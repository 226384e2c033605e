import json
from typing import Any

import pytest

from oakum.facts.catalogers.syft import syft
from oakum.model.fact import Document, Fact, Owns, Package
from oakum.testing.files import read


def _facts(*artifacts: dict[str, Any], **document: Any) -> list[Fact]:  # noqa: ANN401 - any JSON
    whole = {"artifacts": list(artifacts), "artifactRelationships": [], "schema": {"version": "16.0.0"}} | document
    return read(syft, {"x.json": json.dumps(whole).encode()})


def test_a_document_without_packages_is_still_one() -> None:
    (document,) = _facts()
    assert isinstance(document, Document)
    assert document.form == "Syft 16.0.0"


@pytest.mark.parametrize("data", [b"{}", b'{"artifacts": [], "schema": "x"}', b'{"schema": {"version": "1"}}'])
def test_another_document_is_none_of_ours(data: bytes) -> None:
    assert read(syft, {"x.json": data}) == []


def test_a_package_without_purl_is_known_by_its_kind() -> None:
    (_, package) = _facts({"id": "1", "name": "six", "version": "1.0", "type": "python"})
    assert isinstance(package, Package)
    assert (package.type, package.name) == ("pypi", "six")


def test_files_that_only_support_a_package_are_no_place_of_it() -> None:
    places = [
        {"path": "/usr/share/doc/a/copyright", "annotations": {"evidence": "supporting"}},
        {"path": "/var/lib/dpkg/status", "annotations": {"evidence": "primary"}},
    ]
    (_, package) = _facts({"id": "1", "name": "a", "version": "1", "type": "deb", "locations": places})
    assert package.path == "x.json!/var/lib/dpkg/status"


def test_only_a_distributions_package_owns_another() -> None:
    rows = [{"id": kind, "name": kind, "version": "1", "type": kind} for kind in ("deb", "python", "npm")]
    relations = [
        {"parent": parent, "child": child, "type": "ownership-by-file-overlap"}
        for parent, child in (("deb", "python"), ("python", "npm"))
    ]
    owners = [fact for fact in _facts(*rows, artifactRelationships=relations) if isinstance(fact, Owns)]
    assert [(one.type, one.files) for one in owners] == [("deb", "x.json!/(python)")]
