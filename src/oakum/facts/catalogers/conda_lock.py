"""Cataloger of conda-lock's lock files."""

from collections.abc import Iterator

from msgspec import Struct

from oakum.facts.cataloger import DECLARED, cataloger
from oakum.facts.declared import DEV, OPTIONAL, merged
from oakum.facts.documents import yaml_file
from oakum.facts.files import Files
from oakum.model.fact import Fact, Package

_TYPES = {"conda": "conda", "pip": "pypi"}


class _Entry(Struct):
    name: str
    version: str
    manager: str = "conda"
    category: str = "main"
    optional: bool = False
    dependencies: dict[str, str | None] = {}


class _Lock(Struct):
    package: list[_Entry] = []


@cataloger(version=1, reads=DECLARED, plain="**/conda-lock.yml", named="**/*.conda-lock.yml")
def conda_lock(files: Files) -> Iterator[Fact]:
    """Packages that conda-lock has locked, those for pip among them.

    The same package is there once for each platform. The category says what is for development.
    """
    for file in files.every():
        yield from merged(_package(entry, file.path) for entry in yaml_file(file, _Lock).package)


def _package(entry: _Entry, path: str) -> Package:
    scope = "" if entry.category == "main" else DEV if entry.category == "dev" else OPTIONAL
    needs = tuple(sorted(name for name in entry.dependencies if not name.startswith("__")))
    return Package(_TYPES[entry.manager], entry.name, entry.version, path, depends=needs, scope=scope)
