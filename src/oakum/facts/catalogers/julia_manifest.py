"""Cataloger of Julia packages that Manifest.toml pins."""

from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from oakum.facts.cataloger import DECLARED, cataloger
from oakum.facts.files import Files
from oakum.facts.lockfile import edges, release, rows, table, text, words
from oakum.kit import toml
from oakum.model import purl
from oakum.model.fact import Fact, Gap, Package

_HEADER = frozenset(("julia_version", "manifest_format", "project_hash"))


@cataloger(version=1, reads=DECLARED, manifests="**/Manifest.toml", others="**/JuliaManifest.toml")
def julia_manifest(files: Files) -> Iterator[Fact]:
    """Julia packages that ``Manifest.toml`` pins.

    Modules of Julia's standard library have no version of their own in older manifests and are left out there;
    names are not unique in Julia, so a package URL holds the UUID.
    """
    for file in files.every():
        document = toml.document(file.data)
        if not _HEADER.intersection(document) and not _looks_old(document):
            continue  # a Manifest.toml of something else
        for name, entries in table(document.get("deps", document)).items():
            for entry in rows(entries):
                version = text(entry.get("version"))
                if version:
                    needs = entry.get("deps")
                    depends = edges(table(needs) or words(needs))
                    yield _named(release(Package("julia", name, version, file.path, depends=depends)), entry)


def _looks_old(document: dict[str, Any]) -> bool:
    """The first format has no header: every entry is a list of tables with a UUID."""
    return any(text(entry.get("uuid")) for entries in document.values() for entry in rows(entries))


def _named(package: Package | Gap, entry: dict[str, Any]) -> Package | Gap:
    uuid = text(entry.get("uuid"))
    if isinstance(package, Gap) or not uuid:
        return package
    return replace(package, purl=purl.build(purl.Purl("julia", package.name, "", package.version, (("uuid", uuid),))))
