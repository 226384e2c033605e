"""The inventory, and what was found in it, as CycloneDX 1.6."""

from collections.abc import Iterable
from typing import Any, Final

from oakum import __version__
from oakum.effects.bom_references import bom_references
from oakum.effects.cyclonedx_vulnerabilities import vulnerabilities
from oakum.effects.document_identity import document_uuid, instant
from oakum.effects.format import Page, output_format
from oakum.effects.sbom_gaps import incomplete, stated_gaps
from oakum.effects.sbom_licenses import cyclonedx_licenses
from oakum.effects.sbom_package import named_values, paths_of, trivy_values
from oakum.effects.subject import facts_of, subject
from oakum.effects.whole_text import json_bytes
from oakum.model import sbom_words as words
from oakum.model.artifact import Artifact
from oakum.model.dependencies import edges
from oakum.model.fact import Distribution
from oakum.model.inventory import Installed
from oakum.model.report import Report

_SUBJECT: Final = "subject"
_SYSTEM: Final = "operating-system"
_TYPES: Final = {"image": "container", "folder": "application", "file": "file"}
_SCOPES: Final = {"dev": "excluded", "optional": "optional"}
_GROUPED: Final = {"jsr": "/", "maven": ":", "npm": "/"}
_GUESS: Final = 0.4
"""Confidence in a name that nothing states; the specification gives no scale between 0 and 1."""

Row = dict[str, Any]


@output_format(media_type="application/vnd.cyclonedx+json; version=1.6", version=1)
def cyclonedx_json(report: Report, page: Page) -> bytes:
    """CycloneDX 1.6 JSON: components, dependencies, vulnerabilities.

    What stands where: docs/reference/format-cyclonedx-json.md.
    """
    del page  # a program has no width
    names = bom_references(report.inventory)
    packages = report.inventory.packages
    references = dict(zip(packages, names, strict=True))
    skipped = {one.installed: one.reason for one in report.suppressed if not one.advisory}
    components = [_component(one, references[one], report.artifact, skipped.get(one, "")) for one in packages]
    document: Row = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": _metadata(report),
        "components": [*_system(report.inventory.distribution), *components],
        "dependencies": _dependencies(report, names),
    }
    if incomplete(report):
        document["compositions"] = [{"aggregate": "incomplete", "assemblies": [_SUBJECT]}]
    if "vulnerabilities" in report.scanners or report.findings:
        document["vulnerabilities"] = vulnerabilities(report, references)
    return json_bytes(document | {"serialNumber": f"urn:uuid:{document_uuid(document)}"})


def _metadata(report: Report) -> Row:
    about = subject(report)
    row: Row = {"timestamp": instant(report.created)} if instant(report.created) else {}
    row["tools"] = {"components": [{"type": "application", "name": "oakum", "version": __version__}]}
    component = {
        "bom-ref": _SUBJECT,
        "type": _TYPES[about.kind],
        "name": about.name,
        "version": about.version[:1024],
        "purl": about.purl,
        "hashes": [{"alg": "SHA-256", "content": about.digest}] if about.digest else [],
        "properties": _properties(facts_of(report.artifact)),
    }
    row["component"] = {name: value for name, value in component.items() if value or name == "name"}
    stated = _properties(stated_gaps(report))
    return row | {"properties": stated} if stated else row


def _system(found: Distribution | None) -> list[Row]:
    """The distribution as a component; by its name and version its packages are judged."""
    if found is None:
        return []
    values = [
        (words.DISTRIBUTION + ":codename", found.codename),
        *((words.DISTRIBUTION + ":like", like) for like in found.like),
        (words.PATH, found.path),
    ]
    row = {
        "bom-ref": _SYSTEM,
        "type": "operating-system",
        "name": found.id,
        "version": found.version[:1024],
        "description": found.name,
        "properties": _properties((name, value) for name, value in values if value),
    }
    return [{name: value for name, value in row.items() if value or name == "name"}]


def _component(installed: Installed, reference: str, artifact: Artifact, skipped: str) -> Row:
    package = installed.package
    group, name = _names(package.type, package.name)
    stated = [*named_values(installed, artifact), *trivy_values(installed, artifact)]
    row = {
        "bom-ref": reference,
        "type": "library",
        "group": group,
        "name": name,
        "version": package.version[:1024],
        "scope": _SCOPES.get(package.scope),
        "licenses": cyclonedx_licenses(package),
        "purl": installed.purl,
        "evidence": _evidence(installed),
        "properties": _properties([*stated, *([(words.NOT_JUDGED, skipped)] if skipped else [])]),
    }
    return {name: value for name, value in row.items() if value or name == "name"}


def _names(kind: str, name: str) -> tuple[str, str]:
    """Group and name where an ecosystem has both."""
    group, mark, rest = name.rpartition(_GROUPED[kind]) if kind in _GROUPED else ("", "", name)
    return (group, rest) if mark and group and rest else ("", name)


def _evidence(installed: Installed) -> Row:
    guessed = installed.package.guessed
    technique = "filename" if guessed == "file name" else "other"
    method = {"technique": technique, "confidence": _GUESS, "value": guessed}
    identity = [{"field": field, "confidence": _GUESS, "methods": [method]} for field in ("name", "version")]
    places = [{"location": path} for path in dict.fromkeys(paths_of(installed))]
    return ({"identity": identity} if guessed else {}) | {"occurrences": places}


def _properties(values: Iterable[tuple[str, str]]) -> list[Row]:
    return [{"name": name, "value": value} for name, value in values]


def _dependencies(report: Report, names: list[str]) -> list[Row]:
    """What each package needs, where its source says so, and what the artifact holds."""
    held = [*([_SYSTEM] if report.inventory.distribution else []), *names]
    stated = [
        {"ref": names[at], "dependsOn": [names[one] for one in needed]}
        for at, needed in edges(report.inventory).items()
    ]
    return [{"ref": _SUBJECT, "dependsOn": held}, *stated] if held else [{"ref": _SUBJECT}]
