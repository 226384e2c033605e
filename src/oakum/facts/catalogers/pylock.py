"""Cataloger of Python's standard lock files."""

from collections.abc import Iterator

from msgspec import Struct

from oakum.facts.cataloger import DECLARED, cataloger
from oakum.facts.declared import DEV, OPTIONAL, merged
from oakum.facts.documents import toml_file
from oakum.facts.files import Files
from oakum.model.fact import Fact, Package


class _Need(Struct):
    name: str = ""


class _Entry(Struct):
    name: str
    version: str = ""
    marker: str = ""
    dependencies: tuple[_Need, ...] = ()
    directory: dict[str, object] | None = None


class _Lock(Struct, rename="kebab"):
    packages: list[_Entry] = []
    default_groups: tuple[str, ...] = ()


@cataloger(version=1, reads=DECLARED, plain="**/pylock.toml", named="**/pylock.*.toml")
def pylock(files: Files) -> Iterator[Fact]:
    """Python packages of a ``pylock.toml`` (PEP 751).

    A package whose marker asks for a dependency group is for development unless the group is
    installed by default; one whose marker asks for an extra is optional. A package from a
    repository may have no version; folders of the project itself are left out.
    """
    for file in files.every():
        lock = toml_file(file, _Lock)
        yield from merged(
            _package(entry, lock.default_groups, file.path) for entry in lock.packages if entry.directory is None
        )


def _package(entry: _Entry, default_groups: tuple[str, ...], path: str) -> Package:
    needs = sorted({need.name for need in entry.dependencies if need.name})
    return Package(
        "pypi", entry.name, entry.version, path, depends=tuple(needs), scope=_scope(entry.marker, default_groups)
    )


def _scope(marker: str, default_groups: tuple[str, ...]) -> str:
    by_default = any(f"'{name}' in dependency_groups" in marker.replace('"', "'") for name in default_groups)
    if "in extras" in marker and not by_default:
        return OPTIONAL
    return DEV if "in dependency_groups" in marker and not by_default else ""
