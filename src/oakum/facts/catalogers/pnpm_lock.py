"""Cataloger of pnpm's lock files."""

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from msgspec import Struct

from oakum.facts.cataloger import DECLARED, cataloger
from oakum.facts.declared import DEV, OPTIONAL, reached, scope_of
from oakum.facts.documents import yaml_file
from oakum.facts.files import Files
from oakum.facts.node_lock import Locked, locked_packages, shipped, split_name
from oakum.model.fact import Fact


class _Entry(Struct, rename="camel"):
    name: str = ""
    version: str = ""
    resolution: dict[str, Any] = {}
    dev: bool = False
    optional: bool = False
    dependencies: dict[str, str] = {}
    optional_dependencies: dict[str, str] = {}

    @property
    def needs(self) -> Iterator[tuple[str, str]]:
        return chain(self.dependencies.items(), self.optional_dependencies.items())


class _Asked(Struct):
    version: str = ""


class _Importer(Struct, rename="camel"):
    dependencies: dict[str, _Asked | str] = {}
    optional_dependencies: dict[str, _Asked | str] = {}


class _Lock(Struct, rename="camel"):
    lockfile_version: str = ""
    importers: dict[str, _Importer] | None = None
    packages: dict[str, _Entry] | None = None
    snapshots: dict[str, _Entry] | None = None


@cataloger(version=1, reads=DECLARED, locks="**/pnpm-lock.yaml")
def pnpm_lock(files: Files) -> Iterator[Fact]:
    """Node packages that pnpm has locked (versions 5, 6 and 9 of the format), with what they need.

    The same package with other peers has an entry of its own and is one package. Versions 5 and 6 say what is for
    development; in version 9 that is what no project of the workspace reaches from what it runs.
    Folders of the project itself are left out, as is a lock file that came with an installed package.
    """
    for file in files.locks:
        if not shipped(file.path):
            lock = yaml_file(file, _Lock)
            entries = _with_graph(lock) if lock.snapshots else _with_flags(lock)
            yield from locked_packages(entries, file.path)


def _with_flags(lock: _Lock) -> dict[str, Locked]:
    """Versions 5 and 6: everything stands in one entry."""
    entries = lock.packages or {}
    locked = {}
    for key, entry in entries.items():
        if not _is_local(entry):
            scope = DEV if entry.dev else OPTIONAL if entry.optional else ""
            needs = tuple(_key(*need, entries) for need in entry.needs)
            locked[key] = Locked(*_identity(key, entry, lock.lockfile_version), needs, scope)
    return locked


def _with_graph(lock: _Lock) -> dict[str, Locked]:
    """Version 9: ``packages`` says what something is, ``snapshots`` what it needs with which peers."""
    known, snapshots = lock.packages or {}, lock.snapshots or {}
    needs = {key: [_key(*need, snapshots) for need in entry.needs] for key, entry in snapshots.items()}
    importers = (lock.importers or {}).values()
    run = reached((_asked(*need, snapshots) for one in importers for need in one.dependencies.items()), needs)
    optional = reached(
        (_asked(*need, snapshots) for one in importers for need in one.optional_dependencies.items()), needs
    )
    locked = {}
    for key in snapshots:
        entry = known.get(_without_peers(key), _Entry())
        if not _is_local(entry):
            locked[key] = Locked(*_identity(key, entry, "9"), tuple(needs[key]), scope_of(key, run, optional))
    return locked


def _is_local(entry: _Entry) -> bool:
    return entry.resolution.get("type") == "directory" or "directory" in entry.resolution


def _identity(key: str, entry: _Entry, lockfile_version: str) -> tuple[str, str]:
    """Name and version: in the key, ``/name/1.0.0_peers`` before version 6; a package from elsewhere says them."""
    plain = _without_peers(key)
    if lockfile_version.startswith("5"):
        name, _, version = plain.partition("/")[2].rpartition("/")
        version = version.partition("_")[0]
    else:
        name, version = split_name(plain.removeprefix("/"))
    located = not version[:1].isdigit() or "/" in version
    return entry.name or name, entry.version or ("" if located else version)


def _without_peers(key: str) -> str:
    return key.partition("(")[0]


def _asked(name: str, wanted: _Asked | str, entries: Mapping[str, _Entry]) -> str:
    return _key(name, wanted if isinstance(wanted, str) else wanted.version, entries)


def _key(name: str, version: str, entries: Mapping[str, _Entry]) -> str:
    """The entry that meets a need: an alias names the whole key."""
    keys = (version, f"{name}@{version}", f"/{name}@{version}", f"/{name}/{version}")
    return next((key for key in keys if key in entries), "")
