"""Cataloger of C and C++ libraries that vcpkg.json pins."""

from collections.abc import Iterator
from typing import Any

from oakum.facts.cataloger import DECLARED, cataloger
from oakum.facts.files import Files
from oakum.facts.lockfile import release, rows, table_of, text
from oakum.model.fact import Fact, Package

_SCHEMES = ("version", "version-semver", "version-date", "version-string")


@cataloger(version=1, reads=DECLARED, manifests="**/vcpkg.json")
def vcpkg_manifest(files: Files) -> Iterator[Fact]:
    """C and C++ libraries whose version ``vcpkg.json`` overrides.

    Only ``overrides`` pin a version; a dependency's ``version>=`` is a lower bound, and the version comes from the
    baseline of a registry, which is not in the file.
    """
    for file in files.manifests:
        for entry in rows(table_of(file).get("overrides")):
            yield release(Package("vcpkg", text(entry.get("name")), _version(entry), file.path))


def _version(entry: dict[str, Any]) -> str:
    """By whichever scheme it is written; a port's revision may follow a hash sign."""
    return next((text(entry[scheme]) for scheme in _SCHEMES if text(entry.get(scheme))), "").partition("#")[0]
