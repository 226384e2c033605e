"""Cataloger of .NET packages that packages.config names."""

from collections.abc import Iterator

from oakum.facts.cataloger import DECLARED, cataloger
from oakum.facts.files import Files
from oakum.facts.lockfile import release, xml_of
from oakum.model.fact import Fact, Package


@cataloger(version=1, reads=DECLARED, lists="**/packages.config", named="**/packages.*.config")
def packages_config(files: Files) -> Iterator[Fact]:
    """.NET packages that ``packages.config`` names, each with the one version that is restored."""
    for file in files.every():
        for element in xml_of(file):
            if element.tag == "package":
                said = element.attributes
                name, version = said.get("id", "").strip(), said.get("version", "").strip()
                scope = "dev" if said.get("developmentDependency", "").lower() == "true" else ""
                yield release(Package("nuget", name, version, file.path, scope=scope))
