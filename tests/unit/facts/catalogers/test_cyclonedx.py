import json
from typing import Any

import pytest

from oakum.facts.catalogers.cyclonedx import cyclonedx
from oakum.kit.errors import LimitError, UnreadableError
from oakum.model.fact import Distribution, Document, Fact, Gap, Package
from oakum.testing.files import read


def _facts(name: str = "x.json", **document: Any) -> list[Fact]:  # noqa: ANN401 - any JSON
    return read(cyclonedx, {name: json.dumps({"bomFormat": "CycloneDX", "specVersion": "1.6"} | document).encode()})


@pytest.mark.parametrize("data", [b"{}", b"[]", b'{"bomFormat": 1}', b'{"spdxVersion": "SPDX-2.3"}', b"<a/>"])
def test_another_document_is_none_of_ours(data: bytes) -> None:
    try:
        assert read(cyclonedx, {"x.json": data}) == []
    except UnreadableError as error:
        assert "JSON" in str(error)  # noqa: PT017 - a list is no document at all


@pytest.mark.parametrize("version", ["1.3", "2.0", 1.6, None])
def test_another_version_is_said(version: object) -> None:
    with pytest.raises(UnreadableError, match=r"versions 1\.4 to 1\.7"):
        _facts(specVersion=version)


@pytest.mark.parametrize("version", ["1.4", "1.5", "1.6", "1.7"])
def test_a_document_without_components_is_still_one(version: str) -> None:
    (document,) = _facts(specVersion=version)
    assert isinstance(document, Document)
    assert document.form == f"CycloneDX {version}"


def test_components_within_components_count() -> None:
    inner = {"type": "library", "name": "b", "purl": "pkg:npm/b@1"}
    outer = {"type": "application", "name": "package-lock.json", "components": [inner]}
    facts = _facts(
        components=[outer], metadata={"component": {"name": "x", "components": [inner | {"purl": "pkg:npm/c@1"}]}}
    )
    assert {fact.name for fact in facts if isinstance(fact, Package)} == {"b", "c"}


def test_components_too_deep_in_one_another_pass_the_limit() -> None:
    nested: dict[str, Any] = {"name": "x", "purl": "pkg:npm/x@1"}
    for _ in range(250):
        nested = {"components": [nested]}
    with pytest.raises(LimitError):
        _facts(components=[nested])


def test_two_components_with_one_reference_are_two_packages() -> None:
    same = [{"bom-ref": "a", "name": name, "purl": f"pkg:npm/{name}@1"} for name in ("x", "y")]
    assert len([fact for fact in _facts(components=same) if isinstance(fact, Package)]) == 2


def test_the_most_named_distribution_counts_where_no_component_says_it() -> None:
    purls = [
        "pkg:deb/debian/a@1?distro=debian-12",
        "pkg:deb/debian/b@1?distro=debian-12",
        "pkg:deb/debian/c@1?distro=debian-11",
    ]
    facts = _facts(components=[{"name": purl[-1], "purl": purl} for purl in purls])
    (found,) = [fact for fact in facts if isinstance(fact, Distribution)]
    assert (found.id, found.version) == ("debian", "12")


def test_an_incomplete_document_is_a_gap() -> None:
    facts = _facts(compositions=[{"aggregate": "incomplete_third_party_only"}, {"aggregate": "complete"}])
    assert any(isinstance(fact, Gap) and "not complete" in fact.what for fact in facts)


@pytest.mark.parametrize(
    "value", ["x", "{}", '{"kind": "no-kind", "what": "", "path": ""}', '{"kind": [], "what": 1, "path": 2}']
)
def test_a_gap_that_is_none_of_ours_is_passed_over(value: str) -> None:
    facts = _facts(metadata={"properties": [{"name": "oakum:gap", "value": value}]})
    assert [type(fact) for fact in facts] == [Document]
