"""The inventory as Syft writes it."""

import hashlib
from typing import Any, Final

from oakum import __version__
from oakum.effects.format import Page, output_format
from oakum.effects.sbom_gaps import stated_gaps
from oakum.effects.sbom_package import paths_of
from oakum.effects.subject import Subject, subject
from oakum.effects.syft_words import METADATA, language_of, type_of
from oakum.effects.whole_text import json_bytes
from oakum.model.artifact import Artifact
from oakum.model.dependencies import edges
from oakum.model.fact import Distribution
from oakum.model.inventory import Installed
from oakum.model.licenses import spdx
from oakum.model.report import Report

SCHEMA: Final = "16.1.3"

Row = dict[str, Any]


@output_format(media_type="application/json", version=1)
def syft_json(report: Report, page: Page) -> bytes:
    """The JSON of Syft, schema 16, which Grype reads.

    What stands where: docs/reference/format-syft-json.md.
    """
    del page  # a program has no width
    packages = report.inventory.packages
    names = [_identity(at, installed) for at, installed in enumerate(packages)]
    document = {
        "artifacts": [
            _artifact(name, installed, report.artifact) for name, installed in zip(names, packages, strict=True)
        ],
        "artifactRelationships": _relationships(report, names),
        "source": _source(report),
        "distro": _distro(report.inventory.distribution),
        "descriptor": {"name": "oakum", "version": __version__, "configuration": _configuration(report)},
        "schema": {
            "version": SCHEMA,
            "url": f"https://raw.githubusercontent.com/anchore/syft/main/schema/json/schema-{SCHEMA}.json",
        },
    }
    return json_bytes(document)


def _identity(at: int, installed: Installed) -> str:
    """Sixteen digits, as Syft's own are."""
    content = f"{at}\0{installed.purl}\0{installed.package.path}"
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _artifact(identity: str, installed: Installed, artifact: Artifact) -> Row:
    package = installed.package
    layer = artifact.layers[installed.layer] if 0 <= installed.layer < len(artifact.layers) else None
    placed = {"layerID": layer.diff_id or layer.digest} if layer and layer.digest else {}
    row = {
        "id": identity,
        "name": package.name,
        "version": package.version,
        "type": type_of(package.type),
        "foundBy": "oakum",
        "locations": [{"path": f"/{path}", "accessPath": f"/{path}", **placed} for path in paths_of(installed)],
        "licenses": [_license(statement, package.type) for statement in dict.fromkeys(package.licenses)],
        "language": language_of(package.type),
        "cpes": [],
        "purl": installed.purl,
    }
    return row | _metadata(installed)


def _license(statement: str, kind: str) -> Row:
    return {
        "value": statement,
        "spdxExpression": spdx(statement, kind) or "",
        "type": "declared",
        "urls": [],
        "locations": [],
    }


def _metadata(installed: Installed) -> Row:
    """What Grype looks for the source package in, by the kind of package."""
    package = installed.package
    made = METADATA.get(package.type)
    return {"metadataType": made[0], "metadata": made[1](package)} if made else {}


def _relationships(report: Report, names: list[str]) -> list[Row]:
    """What needs what, and which distribution package's files others lie in."""
    packages = report.inventory.packages
    found = [
        {"parent": names[one], "child": names[at], "type": "dependency-of"}
        for at, needed in edges(report.inventory).items()
        for one in needed
    ]
    owners = {installed.purl: name for installed, name in zip(packages, names, strict=True)}
    found += [
        {"parent": owners[installed.owner], "child": name, "type": "ownership-by-file-overlap"}
        for installed, name in zip(packages, names, strict=True)
        if installed.owner in owners
    ]
    return sorted(found, key=lambda row: (row["parent"], row["child"], row["type"]))


def _source(report: Report) -> Row:
    """What was read, as Syft describes an image or a folder."""
    artifact, about = report.artifact, subject(report)
    identity = hashlib.sha256(about.name.encode("utf-8", "surrogatepass")).hexdigest()
    row: Row = {"id": about.digest or identity, "name": about.name, "version": about.version}
    if about.kind != "image":
        kind = "file" if about.kind == "file" else "directory"
        return row | {"type": kind, "metadata": {"path": artifact.reference.partition(":")[2]}}
    system, _, architecture = artifact.platform.partition("/")
    layers = [
        {"mediaType": layer.media_type, "digest": layer.diff_id or layer.digest, "size": layer.size}
        for layer in artifact.layers
    ]
    metadata = {
        "userInput": artifact.reference,
        "imageID": artifact.image_id,
        "manifestDigest": f"sha256:{about.digest}" if about.digest else artifact.digest,
        "mediaType": "",
        "tags": list(artifact.names or _tag(about)),
        "imageSize": sum(layer.size for layer in artifact.layers),
        "layers": layers,
        "manifest": None,
        "config": None,
        "repoDigests": [],
        "architecture": architecture,
        "os": system,
    }
    return row | {"type": "image", "metadata": metadata}


def _tag(about: Subject) -> tuple[str, ...]:
    """The name with its tag, of an image that a document names."""
    tagged = about.version and not about.version.startswith("sha256:")
    return (f"{about.name}:{about.version}",) if tagged else ()


def _distro(found: Distribution | None) -> Row:
    if found is None:
        return {}
    row = {
        "prettyName": found.name,
        "name": found.name,
        "id": found.id,
        "idLike": list(found.like),
        "version": found.version,
        "versionID": found.version,
        "versionCodename": found.codename,
    }
    return {name: value for name, value in row.items() if value}


def _configuration(report: Report) -> Row:
    """What Syft's form has no field for; its schema leaves the configuration open."""
    return {"gaps": [{"name": name, "value": value} for name, value in stated_gaps(report)]}
