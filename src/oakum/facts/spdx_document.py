"""An SPDX document of version 2, from JSON or from tags and values, as what it states (SPDX 2.2 and 2.3)."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from msgspec import Struct, field

from oakum.facts.spdx_licenses import statements
from oakum.facts.stated import StatedDocument, StatedPackage, text
from oakum.facts.stated_facts import gap_of
from oakum.facts.stated_system import distribution_of
from oakum.kit.errors import UnreadableError
from oakum.model import sbom_words as words
from oakum.model.fact import Document

VERSIONS: Final = ("SPDX-2.2", "SPDX-2.3")
_SYSTEM: Final = "OPERATING-SYSTEM"
_NO_PACKAGE: Final = frozenset({"CONTAINER", "ARCHIVE", "SOURCE", "FILE", "DEVICE", "FIRMWARE", _SYSTEM})
_SUBJECTS: Final = ("pkg:oci/", "pkg:docker/", "pkg:github/")
_BUILT_FROM: Final = "built package from: "
_ACQUIRED: Final = "acquired package info from"


class Annotation(Struct):
    """A remark of a tool or a person."""

    annotator: Any = None
    comment: Any = None


class SpdxPackage(Struct, rename={"identity": "SPDXID"} | {
    "version": "versionInfo", "references": "externalRefs", "declared": "licenseDeclared",
    "concluded": "licenseConcluded", "purpose": "primaryPackagePurpose", "source_info": "sourceInfo",
}):  # fmt: skip
    """A package; what is not read here is passed over while the document is decoded."""

    identity: Any = None
    name: Any = None
    version: Any = None
    references: list[Any] | None = None
    declared: Any = None
    concluded: Any = None
    purpose: Any = None
    description: Any = None
    source_info: Any = None
    checksums: list[Any] | None = None
    annotations: list[Annotation] | None = None


class Relationship(Struct, rename={
    "one": "spdxElementId", "how": "relationshipType", "other": "relatedSpdxElement",
}):  # fmt: skip
    """How one element stands to another."""

    one: Any = None
    how: Any = None
    other: Any = None
    comment: Any = None


class ExtractedLicense(Struct, rename="camel"):
    """A licence that the document holds itself."""

    license_id: Any = None
    name: Any = None
    extracted_text: Any = None


class CreationInfo(Struct):
    """Who wrote the document."""

    creators: list[Any] | None = None


class SpdxDocument(Struct, rename={
    "version": "spdxVersion", "creation": "creationInfo", "describes": "documentDescribes",
    "extracted": "hasExtractedLicensingInfos",
}):  # fmt: skip
    """The document."""

    version: Any = None
    name: Any = None
    creation: CreationInfo | None = None
    describes: list[Any] | None = None
    packages: list[SpdxPackage] | None = field(default_factory=list)
    relationships: list[Relationship] | None = field(default_factory=list)
    annotations: list[Annotation] | None = field(default_factory=list)
    extracted: list[ExtractedLicense] | None = field(default_factory=list)


def stated_by(given: SpdxDocument, path: str) -> StatedDocument:
    """What a document states.

    Raises:
        UnreadableError: its version is none that is read here.
    """
    version = text(given.version)
    if version not in VERSIONS:
        raise UnreadableError(f"is {version[:20]!r}; SPDX 2.2, 2.3 and 3.0 are read")
    relations = given.relationships or []
    described = {text(one) for one in given.describes or ()}
    described |= {text(one.other) for one in relations if one.how == "DESCRIBES"}
    stated = StatedDocument(_document(given, version, described, path))
    texts = {text(one.license_id): text(one.name) or text(one.extracted_text) for one in given.extracted or ()}
    for package in given.packages or ():
        _take(package, described, texts, stated)
    _relate(relations, {text(one.identity): one for one in given.packages or ()}, stated)
    values = named(given.annotations or ())
    stated.gaps = [gap for value in values.get(words.GAP, ()) if (gap := gap_of(value, path)) is not None]
    return stated


def _document(given: SpdxDocument, version: str, described: set[str], path: str) -> Document:
    creators = map(text, (given.creation.creators if given.creation else None) or ())
    tool = next((one.removeprefix("Tool: ") for one in creators if one.startswith("Tool: ")), "")
    about = next((one for one in given.packages or () if text(one.identity) in described), SpdxPackage())
    tag = text(about.version)
    sums = [one for one in about.checksums or () if isinstance(one, dict) and one.get("algorithm") == "SHA256"]
    digest = f"sha256:{text(sums[0].get('checksumValue'))}" if sums else tag if tag.startswith("sha256:") else ""
    name = text(about.name) or text(given.name)
    subject = f"{name}:{tag}" if digest and tag and not tag.startswith("sha256:") else name
    return Document(version.replace("-", " "), path, tool[:200], subject[:1000], tag[:1000], digest[:80])


def _take(given: SpdxPackage, described: set[str], texts: Mapping[str, str], stated: StatedDocument) -> None:
    """Add what one package says."""
    one, purpose = _package(given, texts), text(given.purpose).replace("_", "-")
    if purpose == _SYSTEM:
        stated.distribution = stated.distribution or distribution_of(one, text(given.description), stated.document.path)
    elif one.purl:
        if one.key not in described or not one.purl.startswith(_SUBJECTS):
            stated.packages.append(one)
    elif not (purpose in _NO_PACKAGE or one.key in described or (purpose == "APPLICATION" and not one.version)):
        stated.packages.append(one)


def _package(given: SpdxPackage, texts: Mapping[str, str]) -> StatedPackage:
    declared = statements(text(given.declared), texts) or statements(text(given.concluded), texts)
    values, info = named(given.annotations or ()), text(given.source_info)
    if info.startswith(_BUILT_FROM):
        name, _, version = info[len(_BUILT_FROM) :].partition(" ")
        values |= {"aquasecurity:trivy:SrcName": [name], "aquasecurity:trivy:SrcVersion": [version]}
    acquired = info.rpartition(": ")[2].split(", ")[:1] if info.startswith(_ACQUIRED) else []
    return StatedPackage(
        text(given.identity),
        text(given.name),
        version=text(given.version),
        purl=_purl(given.references or ()),
        licenses=declared,
        paths=tuple(values.get(words.PATH, ())) or tuple(acquired),
        values=values,
    )


def _purl(references: Iterable[Any]) -> str:
    rows = (one for one in references if isinstance(one, dict) and one.get("referenceType") == "purl")
    return next((purl for one in rows if (purl := text(one.get("referenceLocator")))), "")


def named(annotations: Iterable[Annotation]) -> dict[str, list[str]]:
    """Named values out of remarks: ours (``oakum:layer:index=1``) and Trivy's (``PkgType: debian``)."""
    found: dict[str, list[str]] = {}
    for one in annotations:
        comment = text(one.comment)
        if comment.startswith("oakum:"):
            name, _, value = comment.partition("=")
        elif text(one.annotator).startswith("Tool: trivy"):
            name, _, value = comment.partition(": ")
            name = f"aquasecurity:trivy:{name}"
        else:
            continue
        found.setdefault(name, []).append(value)
    return found


def _relate(relations: Iterable[Relationship], every: Mapping[str, SpdxPackage], stated: StatedDocument) -> None:
    """Edges, owners and source packages."""
    packages = {one.key: one for one in stated.packages}
    for relation in relations:
        one, how, other = text(relation.one), text(relation.how), text(relation.other)
        if how == "DEPENDS_ON":
            stated.needs.setdefault(one, []).append(other)
        elif how.endswith("DEPENDENCY_OF"):
            stated.needs.setdefault(other, []).append(one)
        elif how == "GENERATED_FROM" and one in packages and other in every:
            values, source = packages[one].values, every[other]
            values.setdefault(words.SOURCE + ":name", [text(source.name)])
            values.setdefault(words.SOURCE + ":version", [text(source.version)])
        elif how == "OTHER" and text(relation.comment).startswith("ownership-by-file-overlap"):
            stated.owners[other] = one
