"""The inventory as SPDX 2.3."""

from collections.abc import Iterable
from typing import Any, Final

from oakum import __version__
from oakum.effects.document_identity import UNKNOWN_TIME, document_uuid, instant
from oakum.effects.format import Page, output_format
from oakum.effects.sbom_gaps import stated_gaps
from oakum.effects.sbom_licenses import SpdxLicenses
from oakum.effects.sbom_package import named_values, paths_of
from oakum.effects.subject import facts_of, subject
from oakum.effects.whole_text import json_bytes
from oakum.model import sbom_words as words
from oakum.model.artifact import Layer
from oakum.model.dependencies import edges
from oakum.model.fact import Distribution, SourcePackage
from oakum.model.inventory import Installed
from oakum.model.report import Report

_DOCUMENT: Final = "SPDXRef-DOCUMENT"
_SUBJECT: Final = "SPDXRef-Subject"
_SYSTEM: Final = "SPDXRef-OperatingSystem"
_TOOL: Final = f"Tool: oakum-{__version__}"
_NAMESPACE: Final = "https://spdx.org/spdxdocs/oakum"
_PURPOSES: Final = {"image": "CONTAINER", "folder": "APPLICATION", "file": "FILE"}
_NOTHING: Final = "NOASSERTION"
_ALGORITHM: Final = "sha256:"

Row = dict[str, Any]


@output_format(media_type="application/spdx+json; version=2.3", version=1)
def spdx_json(report: Report, page: Page) -> bytes:
    """SPDX 2.3 JSON: packages, their sources, relationships.

    What stands where: docs/reference/format-spdx-json.md.
    """
    del page  # a program has no width
    return json_bytes(_Document(report).row())


class _Document:
    """One document in the making."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._created = instant(report.created) or UNKNOWN_TIME
        self._licenses = SpdxLicenses()
        self._packages: list[Row] = []
        self._relationships: list[Row] = []

    def row(self) -> Row:
        """The whole document."""
        report, about = self._report, subject(self._report)
        self._subject()
        self._system(report.inventory.distribution)
        for index, layer in enumerate(report.artifact.layers):
            self._layer(index, layer)
        sources: dict[tuple[str, SourcePackage], str] = {}
        for at, installed in enumerate(report.inventory.packages):
            self._package(at, installed)
            self._source(at, installed, sources)
        for at, needed in edges(report.inventory).items():
            for one in needed:
                self._relate(_name(at), "DEPENDS_ON", _name(one))
        row = {
            "spdxVersion": "SPDX-2.3",
            "dataLicense": "CC0-1.0",
            "SPDXID": _DOCUMENT,
            "name": about.name or "unnamed",
            "creationInfo": {"created": self._created, "creators": [_TOOL]},
            "packages": self._packages,
            "relationships": self._relationships,
            "hasExtractedLicensingInfos": self._licenses.extracted(),
            "annotations": self._annotations(stated_gaps(report)),
        }
        stated = {name: value for name, value in row.items() if value}
        return stated | {"documentNamespace": f"{_NAMESPACE}/{document_uuid(stated)}"}

    def _subject(self) -> None:
        about = subject(self._report)
        row = _package(_SUBJECT, about.name, about.version, _PURPOSES[about.kind])
        if about.digest:
            row["checksums"] = [{"algorithm": "SHA256", "checksumValue": about.digest}]
        if about.purl:
            row["externalRefs"] = [_reference(about.purl)]
        self._add(row, facts_of(self._report.artifact))
        self._relate(_DOCUMENT, "DESCRIBES", _SUBJECT)

    def _system(self, found: Distribution | None) -> None:
        """The distribution as a package; by its name and version the others are judged."""
        if found is None:
            return
        row = _package(_SYSTEM, found.id, found.version, "OPERATING_SYSTEM")
        if found.name:
            row["description"] = found.name
        values = [(words.DISTRIBUTION + ":codename", found.codename), (words.PATH, found.path)]
        values += [(words.DISTRIBUTION + ":like", like) for like in found.like]
        self._add(row, [(name, value) for name, value in values if value])
        self._relate(_SUBJECT, "CONTAINS", _SYSTEM)

    def _layer(self, index: int, layer: Layer) -> None:
        """A layer is an archive that the image holds, known by its digest."""
        if not layer.digest.startswith(_ALGORITHM):
            return
        row = _package(f"SPDXRef-Layer-{index}", f"layer {index}", layer.digest, "ARCHIVE")
        digest = layer.digest[len(_ALGORITHM) :]
        if len(digest) == 64 and digest.isascii() and digest.isalnum():  # noqa: PLR2004 - hexadecimal SHA-256
            row["checksums"] = [{"algorithm": "SHA256", "checksumValue": digest}]
        self._add(row, [])
        self._relate(_SUBJECT, "CONTAINS", row["SPDXID"])

    def _package(self, at: int, installed: Installed) -> None:
        package = installed.package
        row = _package(_name(at), package.name, package.version, "LIBRARY")
        row["licenseDeclared"] = self._licenses.expression(package)
        row["sourceInfo"] = "stated by " + ", ".join(dict.fromkeys(paths_of(installed)))
        row["externalRefs"] = [_reference(installed.purl)]
        self._add(row, named_values(installed, self._report.artifact))
        self._relate(_SUBJECT, "CONTAINS", _name(at))

    def _source(self, at: int, installed: Installed, known: dict[tuple[str, SourcePackage], str]) -> None:
        """The source package that a distribution built a package from, once for all that came from it."""
        package = installed.package
        if package.source is None:
            return
        key = (package.type, package.source)
        if key not in known:
            known[key] = f"SPDXRef-Source-{len(known)}"
            self._add(_package(known[key], package.source.name, package.source.version, "SOURCE"), [])
        self._relate(_name(at), "GENERATED_FROM", known[key])

    def _add(self, row: Row, values: Iterable[tuple[str, str]]) -> None:
        notes = self._annotations(values)
        self._packages.append(row | ({"annotations": notes} if notes else {}))

    def _annotations(self, values: Iterable[tuple[str, str]]) -> list[Row]:
        return [
            {
                "annotationDate": self._created,
                "annotationType": "OTHER",
                "annotator": _TOOL,
                "comment": f"{name}={value}",
            }
            for name, value in values
        ]

    def _relate(self, one: str, how: str, other: str) -> None:
        self._relationships.append(
            {
                "spdxElementId": one,
                "relationshipType": how,
                "relatedSpdxElement": other,
            }
        )


def _name(at: int) -> str:
    """An identifier that holds nothing of a hostile name (SPDX 2.3, 7.2: letters, digits, dots, hyphens)."""
    return f"SPDXRef-Package-{at}"


def _package(identity: str, name: str, version: str, purpose: str) -> Row:
    row = {
        "SPDXID": identity,
        "name": name or "unnamed",
        "downloadLocation": _NOTHING,
        "filesAnalyzed": False,
        "licenseConcluded": _NOTHING,
        "licenseDeclared": _NOTHING,
        "copyrightText": _NOTHING,
        "primaryPackagePurpose": purpose,
    }
    return row | ({"versionInfo": version} if version else {})


def _reference(purl: str) -> Row:
    return {"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl", "referenceLocator": purl}
