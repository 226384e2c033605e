"""Cataloger of PDM's lock files."""

from collections.abc import Iterator

from msgspec import Struct

from oakum.facts.cataloger import DECLARED, cataloger
from oakum.facts.declared import DEV, OPTIONAL, merged
from oakum.facts.documents import toml_file
from oakum.facts.files import Files
from oakum.facts.requirement import normal, requirement
from oakum.model.fact import Fact, Package


class _Entry(Struct):
    name: str
    version: str = ""
    path: str = ""
    groups: tuple[str, ...] = ("default",)
    dependencies: tuple[str, ...] = ()


class _Lock(Struct):
    package: list[_Entry] = []


@cataloger(version=1, reads=DECLARED, locks="**/pdm.lock")
def pdm_lock(files: Files) -> Iterator[Fact]:
    """Python packages that PDM has locked, with what they need.

    What is not in the group ``default`` is optional, and for development when only the
    group ``dev`` has it, which is where PDM puts such packages unless told otherwise. A package with
    extras has an entry for itself and one with each set of extras: they are one. Folders of
    the project itself are left out.
    """
    for file in files.locks:
        yield from merged(_package(entry, file.path) for entry in toml_file(file, _Lock).package if not _local(entry))


def _local(entry: _Entry) -> bool:
    return bool(entry.path) and not entry.path.endswith((".whl", ".gz", ".zip"))


def _package(entry: _Entry, path: str) -> Package:
    scope = "" if "default" in entry.groups else DEV if entry.groups == ("dev",) else OPTIONAL
    named = {normal(found[0]) for found in map(requirement, entry.dependencies) if found}
    needs = sorted(named - {normal(entry.name)})
    return Package("pypi", entry.name, entry.version, path, depends=tuple(needs), scope=scope)
