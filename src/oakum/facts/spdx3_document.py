"""An SPDX document of version 3 in JSON-LD, as what it states (SPDX 3.0.1, the serialisation in "JSON-LD")."""

from collections.abc import Iterable
from typing import Any, Final

from oakum.facts.spdx_licenses import statements
from oakum.facts.stated import StatedDocument, StatedPackage, text
from oakum.facts.stated_system import distribution_of
from oakum.model import sbom_words as words
from oakum.model.fact import Document

Row = dict[str, Any]

_PACKAGE: Final = "software_Package"
_NO_PACKAGE: Final = frozenset({"container", "archive", "source", "file", "device", "firmware", "diskImage"})
_SUBJECTS: Final = ("pkg:oci/", "pkg:docker/", "pkg:github/")


def stated_by(graph: Iterable[Any], path: str) -> StatedDocument:
    """What the elements of a graph state."""
    rows = [row for row in graph if isinstance(row, dict)]
    every = {_id(row): row for row in rows}
    relations = [row for row in rows if text(row.get("type")).endswith("Relationship")]
    about = _roots(rows)
    stated = StatedDocument(_document(rows, every, about, path))
    licenses = _licenses(relations, every)
    for row in rows:
        if row.get("type") == _PACKAGE:
            _take(row, about, licenses.get(_id(row), ()), stated)
    _relate(relations, every, stated)
    return stated


def _id(row: Row) -> str:
    return text(row.get("spdxId")) or text(row.get("@id"))


def _texts(value: Any) -> list[str]:  # noqa: ANN401 - one text or a list of them
    return [one for one in map(text, value if isinstance(value, list) else [value]) if one]


def _roots(rows: Iterable[Row]) -> set[str]:
    """What the document and its SBOM are about."""
    kinds = {"SpdxDocument", "software_Sbom", "Bom"}
    return {one for row in rows if text(row.get("type")) in kinds for one in _texts(row.get("rootElement"))}


def _document(rows: list[Row], every: dict[str, Row], about: set[str], path: str) -> Document:
    version = next((text(row.get("specVersion")) for row in rows if row.get("type") == "CreationInfo"), "3.0")
    tool = next((text(row.get("name")) for row in rows if row.get("type") == "Tool"), "")
    names = (text(every[one].get("name")) for one in sorted(about) if one in every)
    subject = next((name for name in names if name), "")
    return Document(f"SPDX {version[:20]}", path, tool[:200], subject[:1000])


def _take(row: Row, about: set[str], licenses: tuple[str, ...], stated: StatedDocument) -> None:
    one = StatedPackage(
        _id(row),
        text(row.get("name")),
        version=text(row.get("software_packageVersion")),
        purl=_purl(row),
        licenses=licenses,
    )
    purpose = text(row.get("software_primaryPurpose"))
    if purpose == "operatingSystem":
        found = distribution_of(one, text(row.get("description")), stated.document.path)
        stated.distribution = stated.distribution or found
    elif one.purl:
        if one.key not in about or not one.purl.startswith(_SUBJECTS):
            stated.packages.append(one)
    elif not (purpose in _NO_PACKAGE or one.key in about or (purpose == "application" and not one.version)):
        stated.packages.append(one)


def _purl(row: Row) -> str:
    given = text(row.get("software_packageUrl"))
    others = row.get("externalIdentifier")
    rows = (one for one in (others if isinstance(others, list) else ()) if isinstance(one, dict))
    named = (text(one.get("identifier")) for one in rows if one.get("externalIdentifierType") == "packageUrl")
    return given or next(named, "")


def _licenses(relations: Iterable[Row], every: dict[str, Row]) -> dict[str, tuple[str, ...]]:
    """Declared licences by package."""
    found: dict[str, tuple[str, ...]] = {}
    for row in relations:
        if row.get("relationshipType") == "hasDeclaredLicense":
            targets = [every[one] for one in _texts(row.get("to")) if one in every]
            given = [text(one.get("simplelicensing_licenseExpression")) or text(one.get("name")) for one in targets]
            stated = tuple(one for expression in given for one in statements(expression, {}))
            found[text(row.get("from"))] = (*found.get(text(row.get("from")), ()), *stated)
    return found


def _relate(relations: Iterable[Row], every: dict[str, Row], stated: StatedDocument) -> None:
    """Edges and source packages."""
    packages = {one.key: one for one in stated.packages}
    for row in relations:
        one, how = text(row.get("from")), text(row.get("relationshipType"))
        for other in _texts(row.get("to")):
            if how == "dependsOn":
                stated.needs.setdefault(one, []).append(other)
            elif how == "generates" and other in packages and one in every:
                values = packages[other].values
                values.setdefault(words.SOURCE + ":name", [text(every[one].get("name"))])
                values.setdefault(words.SOURCE + ":version", [text(every[one].get("software_packageVersion"))])
