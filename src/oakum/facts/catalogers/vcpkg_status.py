"""Cataloger of C and C++ libraries that vcpkg has installed."""

from collections.abc import Iterator

from msgspec.structs import replace

from oakum.facts.cataloger import cataloger
from oakum.facts.files import Files
from oakum.facts.lockfile import edges, fields, release
from oakum.model import purl
from oakum.model.fact import Fact, Gap, Package

_WANTED = frozenset(("Package", "Version", "Port-Version", "Architecture", "Status", "Feature", "Depends"))
_INSTALLED = "install ok installed"


@cataloger(version=1, status="**/vcpkg/status")
def vcpkg_status(files: Files) -> Iterator[Fact]:
    """C and C++ libraries that vcpkg has installed.

    Its database is like dpkg's: one paragraph for each library, and one for each of its features; later paragraphs
    replace earlier ones. A port's own revision is part of its package URL.
    """
    for file in files.status:
        found: dict[tuple[str, str], Package | Gap | None] = {}
        for paragraph in file.text().replace("\r\n", "\n").split("\n\n"):
            entry = fields(paragraph, _WANTED)
            if entry.get("Package") and "Feature" not in entry:
                found[entry["Package"], entry.get("Architecture", "")] = (
                    _package(entry, file.path) if entry.get("Status") == _INSTALLED else None
                )
        yield from (one for one in found.values() if one is not None)


def _package(entry: dict[str, str], path: str) -> Package | Gap:
    name, version, port = entry["Package"], entry.get("Version", ""), entry.get("Port-Version", "")
    needs = edges(need.partition(":")[0].partition("[")[0].strip() for need in entry.get("Depends", "").split(","))
    package = release(Package("vcpkg", name, version, path, arch=entry.get("Architecture", ""), depends=needs))
    if isinstance(package, Gap) or not port:
        return package
    return replace(package, purl=purl.build(purl.Purl("vcpkg", name, "", version, (("port_version", port),))))
