import json
from typing import Any

import pytest

from oakum.facts.catalogers.spdx import spdx
from oakum.kit.errors import UnreadableError
from oakum.model.fact import Fact, Gap, Owns, Package
from oakum.testing.files import read


def _facts(*packages: dict[str, Any], **document: Any) -> list[Fact]:  # noqa: ANN401 - any JSON
    whole = {"spdxVersion": "SPDX-2.3", "packages": list(packages)} | document
    return read(spdx, {"x.json": json.dumps(whole).encode()})


def _row(identity: str, purl: str = "", **more: object) -> dict[str, Any]:
    references = [{"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl", "referenceLocator": purl}]
    return {"SPDXID": identity, "name": identity, "externalRefs": references if purl else [], **more}


@pytest.mark.parametrize("version", ["SPDX-2.1", "SPDX-3.0", "", "x" * 99])
def test_another_version_is_said(version: str) -> None:
    with pytest.raises(UnreadableError, match=r"SPDX 2\.2, 2\.3 and 3\.0"):
        _facts(spdxVersion=version)


@pytest.mark.parametrize("data", [b"{}", b"plain text", b"Tag: value\n", b'{"bomFormat": "CycloneDX"}'])
def test_another_document_is_none_of_ours(data: bytes) -> None:
    assert read(spdx, {"x.spdx": data, "y.json": b"{}"}) == []


def test_what_is_no_package_is_passed_over_and_what_says_too_little_is_a_gap() -> None:
    facts = _facts(
        _row("image", "pkg:oci/image@sha256%3Aaa"),
        _row("source", primaryPackagePurpose="SOURCE"),
        _row("lock", primaryPackagePurpose="APPLICATION"),
        _row("unknown", versionInfo="1"),
        _row("a", "pkg:npm/a@1"),
        documentDescribes=["image"],
    )
    assert [fact.name for fact in facts if isinstance(fact, Package)] == ["a"]
    assert [fact.what for fact in facts if isinstance(fact, Gap)] == [
        "unknown 1: the document does not say which package"
    ]


def test_edges_are_read_in_both_directions() -> None:
    relations = [
        {"spdxElementId": "a", "relationshipType": "DEPENDS_ON", "relatedSpdxElement": "b"},
        {"spdxElementId": "c", "relationshipType": "DEV_DEPENDENCY_OF", "relatedSpdxElement": "a"},
    ]
    facts = _facts(*(_row(name, f"pkg:npm/{name}@1") for name in "abc"), relationships=relations)
    (asking,) = [fact for fact in facts if isinstance(fact, Package) and fact.name == "a"]
    assert asking.depends == ("b 1", "c 1")


def test_syft_says_who_owns_a_package_in_a_remark() -> None:
    relation = {"spdxElementId": "o", "relationshipType": "OTHER", "relatedSpdxElement": "s"}
    relation["comment"] = (
        "ownership-by-file-overlap: indicates that the parent package claims ownership of a child package"
    )
    facts = _facts(_row("o", "pkg:deb/debian/python3-six@1"), _row("s", "pkg:pypi/six@1"), relationships=[relation])
    (owns,) = [fact for fact in facts if isinstance(fact, Owns)]
    assert (owns.name, owns.files) == ("python3-six", "x.json!/(s)")


def test_trivy_names_the_source_package_in_a_sentence() -> None:
    row = _row("a", "pkg:deb/debian/libpam0g@1.5-6", sourceInfo="built package from: pam 1.5-6")
    (package,) = [fact for fact in _facts(row) if isinstance(fact, Package)]
    assert package.source is not None
    assert package.source.name == "pam"


@pytest.mark.parametrize(
    ("declared", "licenses"),
    [
        ("MIT", ("MIT",)),
        ("MIT AND Zlib", ("MIT", "Zlib")),
        ("(MIT OR Zlib) AND BSD-2-Clause", ("(MIT OR Zlib) AND BSD-2-Clause",)),
        ("LicenseRef-a", ("Own terms",)),
        ("LicenseRef-a OR MIT", ("Own terms OR MIT",)),
        ("NOASSERTION", ()),
        ("NONE", ()),
    ],
)
def test_licences(declared: str, licenses: tuple[str, ...]) -> None:
    texts = [{"licenseId": "LicenseRef-a", "name": "Own terms", "extractedText": "All of it"}]
    facts = _facts(_row("a", "pkg:npm/a@1", licenseDeclared=declared), hasExtractedLicensingInfos=texts)
    assert [fact.licenses for fact in facts if isinstance(fact, Package)] == [licenses]


def test_a_text_of_tags_that_never_ends_is_read_to_the_end() -> None:
    data = b"SPDXVersion: SPDX-2.3\nPackageName: a\nPackageComment: <text>never\nPackageVersion: 2\n"
    (_, gap) = read(spdx, {"x.spdx": data})
    assert isinstance(gap, Gap)
