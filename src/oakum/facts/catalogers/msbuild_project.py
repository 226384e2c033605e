"""Cataloger of .NET packages that project files ask for."""

import re
from collections.abc import Iterator

from oakum.facts.cataloger import DECLARED, cataloger
from oakum.facts.files import Files
from oakum.facts.lockfile import release, xml_of
from oakum.facts.xml_tree import Element
from oakum.model.fact import Fact, Package

_ITEMS = frozenset(("PackageReference", "PackageVersion", "GlobalPackageReference"))
_EXACT = re.compile(r"\[?\s*(?P<version>\d[\w.+-]*)\s*\]?")
"""A bare version is a lower bound by the letter, and NuGet restores the lowest that fits: this one."""


@cataloger(
    version=1,
    reads=DECLARED,
    csharp="**/*.csproj",
    fsharp="**/*.fsproj",
    basic="**/*.vbproj",
    central="**/Directory.Packages.props",
    build="**/Directory.Build.props",
)
def msbuild_project(files: Files) -> Iterator[Fact]:
    """.NET packages that project files ask for by one version.

    Ranges, floating versions (``1.*``) and properties (``$(Version)``) name no version and are left to the lock file
    or to the published program, and so are packages that a project needs through others. What is private to the
    build (``PrivateAssets="all"``) has the scope ``dev``.
    """
    for file in files.every():
        asked = (_asked(element) for element in xml_of(file) if element.tag in _ITEMS)
        for name, version, scope in dict.fromkeys(asked):
            if name and version:
                yield release(Package("nuget", name, version, file.path, scope=scope))


def _asked(item: Element) -> tuple[str, str, str]:
    """Name, version and scope of an item; what it says may stand in attributes or in elements."""
    said = {**item.attributes, **{inner.tag: inner.text for inner in item.children}}
    return _name(said), _version(said), _scope(said)


def _name(said: dict[str, str]) -> str:
    name = (said.get("Include") or said.get("Update") or "").strip()
    return "" if "$(" in name or ";" in name else name


def _version(said: dict[str, str]) -> str:
    """The one version that is asked for, or nothing; an override goes before what is set centrally."""
    found = _EXACT.fullmatch((said.get("VersionOverride") or said.get("Version") or "").strip())
    return found["version"] if found else ""


def _scope(said: dict[str, str]) -> str:
    return "dev" if said.get("PrivateAssets", "").strip().lower() == "all" else ""
