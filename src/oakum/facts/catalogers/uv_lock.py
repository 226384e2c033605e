"""Cataloger of uv's lock files."""

from collections.abc import Iterator, Sequence
from itertools import chain

from msgspec import Struct

from oakum.facts.cataloger import DECLARED, cataloger
from oakum.facts.declared import edge, merged, reached, scope_of
from oakum.facts.documents import toml_file
from oakum.facts.files import Files
from oakum.model.fact import Fact, Package

_LOCAL = frozenset({"editable", "virtual", "directory"})


class _Need(Struct):
    name: str
    version: str = ""


_Needs = tuple[_Need, ...]


class _Entry(Struct, rename="kebab"):
    name: str
    version: str = ""
    source: dict[str, object] = {}
    dependencies: _Needs = ()
    optional_dependencies: dict[str, _Needs] = {}
    dev_dependencies: dict[str, _Needs] = {}

    @property
    def local(self) -> bool:
        return not _LOCAL.isdisjoint(self.source)

    @property
    def extras(self) -> Iterator[_Need]:
        return chain.from_iterable(self.optional_dependencies.values())


class _Lock(Struct):
    package: list[_Entry] = []


class _Graph:
    """Who needs whom, by name and version."""

    def __init__(self, entries: Sequence[_Entry]) -> None:
        self.versions: dict[str, list[str]] = {}
        for entry in entries:
            self.versions.setdefault(entry.name, []).append(entry.version)
        self._needs = {
            _key(entry.name, entry.version): self._keys((*entry.dependencies, *entry.extras)) for entry in entries
        }
        own = [entry for entry in entries if entry.local]
        self.rooted = bool(own)
        self.run = self._reached(chain.from_iterable(entry.dependencies for entry in own))
        self.optional = self._reached(chain.from_iterable(entry.extras for entry in own))

    def _reached(self, needs: Iterator[_Need]) -> set[str]:
        return reached(self._keys(needs), self._needs)

    def _keys(self, needs: Sequence[_Need] | Iterator[_Need]) -> list[str]:
        """A need without version is met by every version of that name that the file holds: it has one, then."""
        return [
            _key(need.name, version)
            for need in needs
            for version in ([need.version] if need.version else self.versions.get(need.name, ()))
        ]


def _key(name: str, version: str) -> str:
    return f"{name} {version}"


@cataloger(version=1, reads=DECLARED, locks="**/uv.lock")
def uv_lock(files: Files) -> Iterator[Fact]:
    """Python packages that uv has locked, with what they need.

    What the project and its workspace need only in a group is for development; only as an extra, optional. The
    project's own folders are left out, as nobody publishes them under that name and version.
    """
    for file in files.locks:
        entries = toml_file(file, _Lock).package
        graph = _Graph(entries)
        yield from merged(_package(entry, graph, file.path) for entry in entries if not entry.local)


def _package(entry: _Entry, graph: _Graph, path: str) -> Package:
    scope = scope_of(_key(entry.name, entry.version), graph.run, graph.optional) if graph.rooted else ""
    needs = {edge(need.name, need.version, graph.versions) for need in (*entry.dependencies, *entry.extras)}
    return Package("pypi", entry.name, entry.version, path, depends=tuple(sorted(needs)), scope=scope)
