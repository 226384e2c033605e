"""Cataloger of .NET packages that a published program holds."""

from collections.abc import Iterator
from typing import Any

from oakum.facts.cataloger import cataloger
from oakum.facts.files import Files
from oakum.facts.lockfile import edges, release, table, table_of, text
from oakum.model.fact import Fact, Package

_RUNTIME_PACK = "runtimepack."
_WITHOUT_PACKAGE = frozenset(("reference", "referenceassembly"))


@cataloger(version=1, programs="**/*.deps.json")
def dotnet_deps(files: Files) -> Iterator[Fact]:
    """.NET packages that a published program or a shared framework holds.

    The file beside the program lists its libraries: packages, the program's own projects, and the runtime pack of
    a self-contained program, whose package is named without its prefix. Assemblies that are referenced as
    mere files belong to no package.
    """
    for file in files.programs:
        document = table_of(file)
        needs = _needs(document)
        for key, library in table(document.get("libraries")).items():
            kind = text(table(library).get("type")).lower()
            if kind not in _WITHOUT_PACKAGE:
                name, _, version = key.partition("/")
                yield release(
                    Package("nuget", name.removeprefix(_RUNTIME_PACK), version, file.path, depends=needs.get(key, ()))
                )


def _needs(document: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    """What each library needs, over all targets (one for the framework, one for each runtime)."""
    found: dict[str, list[str]] = {}
    for target in table(document.get("targets")).values():
        for key, library in table(target).items():
            names = table(table(library).get("dependencies"))
            found.setdefault(key, []).extend(name.removeprefix(_RUNTIME_PACK) for name in names)
    return {key: edges(names) for key, names in found.items()}
