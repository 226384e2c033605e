"""SPDX 2 as tags and values (SPDX 2.3, clause 5 and annex on the tag-value form)."""

from collections.abc import Iterator
from typing import Final

from oakum.facts.spdx_document import (
    Annotation,
    CreationInfo,
    ExtractedLicense,
    Relationship,
    SpdxDocument,
    SpdxPackage,
)

_FIELDS: Final = {
    "SPDXID": "identity", "PackageVersion": "version", "PackageLicenseDeclared": "declared",
    "PackageLicenseConcluded": "concluded", "PrimaryPackagePurpose": "purpose", "PackageDescription": "description",
    "PackageSourceInfo": "source_info",
}  # fmt: skip
_OPEN: Final = "<text>"
_CLOSE: Final = "</text>"
_PARTS: Final = 3


def document_of(data: bytes) -> SpdxDocument | None:
    """The document, or None when the text is something else."""
    reader = _Reader()
    for tag, value in _tags(data.decode("utf-8", "replace")):
        reader.take(tag, value)
    return reader.whole() if reader.document.version else None


def _tags(content: str) -> Iterator[tuple[str, str]]:
    """Tag and value, a text over several lines as one; other lines are remarks."""
    lines = iter(content.split("\n"))
    for line in lines:
        tag, colon, value = line.partition(":")
        if not colon or not tag.strip().isalnum():
            continue
        value = value.strip()
        if value.startswith(_OPEN):
            parts = [value[len(_OPEN) :]]
            while _CLOSE not in parts[-1]:
                following = next(lines, None)
                if following is None:
                    break
                parts.append(following)
            value = "\n".join(parts).partition(_CLOSE)[0]
        yield tag.strip(), value


class _Reader:
    """Puts a document together tag by tag."""

    def __init__(self) -> None:
        self._packages: list[SpdxPackage] = []
        self._relations: list[Relationship] = []
        self._texts: list[ExtractedLicense] = []
        self._creators: list[str] = []
        self.document = SpdxDocument(
            creation=CreationInfo(self._creators),
            packages=self._packages,
            relationships=self._relations,
            extracted=self._texts,
        )
        self._package: SpdxPackage | None = None
        self._remarks: dict[str, list[Annotation]] = {}
        self._annotation = Annotation()

    def take(self, tag: str, value: str) -> None:
        """Take one tag in."""
        document = self.document
        if tag == "SPDXVersion":
            document.version = value
        elif tag == "DocumentName":
            document.name = value
        elif tag == "Creator":
            self._creators.append(value)
        elif tag == "PackageName":
            self._package = SpdxPackage(name=value, references=[], checksums=[])
            self._packages.append(self._package)
        elif tag in {"FileName", "SnippetSPDXID", "LicenseID"}:
            self._package = None
        self._relation(tag, value)
        self._remark(tag, value)
        self._license(tag, value)
        if self._package is not None:
            self._about_package(self._package, tag, value)

    def _about_package(self, package: SpdxPackage, tag: str, value: str) -> None:
        if tag in _FIELDS:
            setattr(package, _FIELDS[tag], value)
        elif tag == "ExternalRef" and package.references is not None:
            parts = value.split(None, _PARTS - 1)
            if len(parts) == _PARTS:
                package.references.append({"referenceType": parts[1], "referenceLocator": parts[2]})
        elif tag == "PackageChecksum" and package.checksums is not None:
            algorithm, _, digest = value.partition(":")
            package.checksums.append({"algorithm": algorithm, "checksumValue": digest.strip()})

    def _relation(self, tag: str, value: str) -> None:
        if tag == "Relationship":
            parts = value.split()
            if len(parts) == _PARTS:
                self._relations.append(Relationship(parts[0], parts[1], parts[2]))
        elif tag == "RelationshipComment" and self._relations:
            self._relations[-1].comment = value

    def _remark(self, tag: str, value: str) -> None:
        """Annotations name the element that they are about, wherever they stand."""
        if tag == "Annotator":
            self._annotation = Annotation(value)
        elif tag == "AnnotationComment":
            self._annotation.comment = value
        elif tag == "SPDXREF":
            self._remarks.setdefault(value, []).append(self._annotation)

    def _license(self, tag: str, value: str) -> None:
        if tag == "LicenseID":
            self._texts.append(ExtractedLicense(value))
        elif self._texts and tag == "LicenseName":
            self._texts[-1].name = value
        elif self._texts and tag == "ExtractedText":
            self._texts[-1].extracted_text = value

    def whole(self) -> SpdxDocument:
        """The document with every remark at its element."""
        for package in self._packages:
            package.annotations = self._remarks.get(str(package.identity), [])
        self.document.annotations = self._remarks.get("SPDXRef-DOCUMENT", [])
        return self.document
