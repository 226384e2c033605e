"""Cataloger of Poetry's lock files."""

from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from oakum.facts.cataloger import DECLARED, cataloger
from oakum.facts.declared import DEV, OPTIONAL, edge, merged
from oakum.facts.documents import toml_file
from oakum.facts.files import Files
from oakum.facts.requirement import normal
from oakum.model.fact import Fact, Package


class _Source(Struct, frozen=True):
    type: str = ""


class _Entry(Struct):
    name: str
    version: str
    category: str = "main"
    optional: bool = False
    groups: tuple[str, ...] = ("main",)
    source: _Source = _Source()
    dependencies: dict[str, Any] = {}


class _Lock(Struct):
    package: list[_Entry] = []


@cataloger(version=1, reads=DECLARED, locks="**/poetry.lock")
def poetry_lock(files: Files) -> Iterator[Fact]:
    """Python packages that Poetry has locked, with what they need.

    What no entry of the group ``main`` needs is for development; since Poetry 2 the file says
    so (before 1.5 as ``category``, in between not at all). Folders of the project itself are
    left out.
    """
    for file in files.locks:
        entries = [entry for entry in toml_file(file, _Lock).package if entry.source.type != "directory"]
        versions: dict[str, set[str]] = {}
        for entry in entries:
            versions.setdefault(normal(entry.name), set()).add(entry.version)
        yield from merged(_package(entry, versions, file.path) for entry in entries)


def _package(entry: _Entry, versions: dict[str, set[str]], path: str) -> Package:
    main = "main" in entry.groups and entry.category == "main"
    scope = "" if main and not entry.optional else OPTIONAL if main else DEV
    needs = {edge(name, "", versions) for name in map(normal, entry.dependencies) if name in versions}
    return Package("pypi", entry.name, entry.version, path, depends=tuple(sorted(needs)), scope=scope)
