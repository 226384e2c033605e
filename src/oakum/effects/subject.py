"""What an SBOM is about, as its first component: the image by its name and digest, a folder by its name."""

from msgspec import Struct

from oakum.model.artifact import Artifact
from oakum.model.purl import Purl, PurlError, build
from oakum.model.report import Report

_ALGORITHM = "sha256:"


class Subject(Struct, frozen=True):
    """The subject of an SBOM.

    Attributes:
        kind: ``image``, ``folder`` or ``file``.
        name: as people name it: a tag without its version, or the reference.
        version: the tag, or the digest where there is no tag, or empty.
        digest: hexadecimal SHA-256 of the manifest, or empty.
        purl: of an image with a digest, or empty.
    """

    kind: str
    name: str
    version: str = ""
    digest: str = ""
    purl: str = ""


def subject(report: Report) -> Subject:
    """The artifact of a report; where that is itself a document, what the document says it is about."""
    artifact, stated = report.artifact, report.inventory.documents
    if stated and stated[0].subject:
        first = stated[0]
        return _image(first.subject, first.digest) if first.digest else Subject("file", first.subject, first.version)
    if any(layer.digest for layer in artifact.layers) or artifact.digest or artifact.image_id:
        return _image(artifact.names[0] if artifact.names else artifact.reference, artifact.digest)
    return Subject("file" if artifact.kind in {"file", "sbom", "tar"} else "folder", artifact.reference)


def facts_of(artifact: Artifact) -> list[tuple[str, str]]:
    """What else is known of an artifact, by the names of the properties that say it."""
    found = [("oakum:reference", artifact.reference), ("oakum:image-id", artifact.image_id)]
    found += [("oakum:platform", artifact.platform), *(("oakum:name", name) for name in artifact.names)]
    for index, layer in enumerate(artifact.layers if any(layer.digest for layer in artifact.layers) else ()):
        found += [
            (f"oakum:layer:{index}:digest", layer.digest),
            (f"oakum:layer:{index}:diff-id", layer.diff_id),
            (f"oakum:layer:{index}:instruction", layer.instruction),
        ]
    return [(name, value) for name, value in found if value]


def _image(name: str, digest: str) -> Subject:
    repository, tag = _split(name)
    hexadecimal = digest[len(_ALGORITHM) :] if digest.startswith(_ALGORITHM) else ""
    return Subject("image", repository, tag or digest, hexadecimal, _purl(repository, tag, digest))


def _split(name: str) -> tuple[str, str]:
    """Repository and tag; a colon before the last slash belongs to a port."""
    repository, colon, tag = name.partition("@")[0].rpartition(":")
    return (repository, tag) if colon and "/" not in tag and repository else (name.partition("@")[0], "")


def _purl(repository: str, tag: str, digest: str) -> str:
    """``pkg:oci`` as its type wants it: the last part of the name, the digest as version, the place as qualifier."""
    last = repository.rpartition("/")[2].lower()
    qualifiers = tuple((key, value) for key, value in (("repository_url", repository), ("tag", tag)) if value)
    try:
        return build(Purl("oci", last, version=digest, qualifiers=qualifiers)) if digest and last else ""
    except PurlError:
        return ""
