"""Cataloger of .NET packages that a published program holds."""

from collections.abc import Iterator
from typing import Any

from oakum.facts.cataloger import cataloger
from oakum.facts.declared import reached
from oakum.facts.files import Files
from oakum.facts.lockfile import edges, release, table, table_of, text
from oakum.model.fact import Fact, Package

_RUNTIME_PACK = "runtimepack."
_FILES = ("runtime", "runtimeTargets", "native", "resources")
"""Where a target lists the files that a library brings to the program."""

_WITHOUT_PACKAGE = frozenset(("reference", "referenceassembly"))


@cataloger(version=2, programs="**/*.deps.json")
def dotnet_deps(files: Files) -> Iterator[Fact]:
    """.NET packages that a published program or a shared framework holds.

    The file beside the program lists its libraries: packages, the program's own projects, and the runtime pack of
    a self-contained program, whose package is named without its prefix. Assemblies that are referenced as
    mere files belong to no package. A package that brings no file, and leads to none that does, only took part in
    the build: it has the scope ``dev``.
    """
    for file in files.programs:
        document = table_of(file)
        needs = _needs(document)
        idle = _idle(document, needs)
        for key, library in table(document.get("libraries")).items():
            if text(table(library).get("type")).lower() not in _WITHOUT_PACKAGE:
                name, version = _named(key)
                scope = "dev" if name in idle else ""
                yield release(Package("nuget", name, version, file.path, depends=needs.get(key, ()), scope=scope))


def _needs(document: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    """What each library needs, over all targets (one for the framework, one for each runtime)."""
    found: dict[str, list[str]] = {}
    for target in table(document.get("targets")).values():
        for key, library in table(target).items():
            names = table(table(library).get("dependencies"))
            found.setdefault(key, []).extend(_named(name)[0] for name in names)
    return {key: edges(names) for key, names in found.items()}


def _idle(document: dict[str, Any], needs: dict[str, tuple[str, ...]]) -> set[str]:
    """Names of libraries that the targets list without a file, and whose needs bring none either."""
    busy: set[str] = set()
    for target in table(document.get("targets")).values():
        for key, library in table(target).items():
            if any(table(table(library).get(kind)) for kind in _FILES):
                busy.add(_named(key)[0])
    wanted_by: dict[str, list[str]] = {}
    for key, names in needs.items():
        for name in names:
            wanted_by.setdefault(name, []).append(_named(key)[0])
    return {_named(key)[0] for key in needs} - reached(busy, wanted_by)


def _named(key: str) -> tuple[str, str]:
    """Name and version of ``name/version``."""
    name, _, version = key.removeprefix(_RUNTIME_PACK).partition("/")
    return name, version
