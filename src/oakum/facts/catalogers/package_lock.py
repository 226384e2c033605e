"""Cataloger of npm's lock files."""

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from oakum.facts.cataloger import DECLARED, cataloger
from oakum.facts.declared import DEV, OPTIONAL
from oakum.facts.documents import json_file
from oakum.facts.files import Files
from oakum.facts.node_lock import Locked, is_folder, locked_packages, shipped, split_name
from oakum.kit.errors import LimitError
from oakum.kit.limits import NAME_BYTES
from oakum.model.fact import Fact

_FOLDER = "node_modules/"


class _Entry(Struct, rename="camel"):
    """An entry of ``packages`` (version 2 and 3 of the format)."""

    name: str = ""
    version: str = ""
    resolved: Any = ""
    link: bool = False
    dev: bool = False
    optional: bool = False
    dev_optional: bool = False
    dependencies: dict[str, Any] = {}
    optional_dependencies: dict[str, Any] = {}


class _Old(Struct):
    """An entry of ``dependencies`` (version 1), which holds those that are installed below it."""

    version: str = ""
    dev: bool = False
    optional: bool = False
    requires: dict[str, Any] | bool = False
    dependencies: dict[str, "_Old"] = {}


class _Lock(Struct):
    packages: dict[str, _Entry] | None = None
    dependencies: dict[str, _Old] = {}


@cataloger(version=1, reads=DECLARED, locks="**/package-lock.json", shrinkwraps="**/npm-shrinkwrap.json")
def package_lock(files: Files) -> Iterator[Fact]:
    """Node packages that npm has locked (versions 1, 2 and 3 of the format), with what they need.

    An alias is the package that it stands for. Folders of the project itself (workspaces, links) are left
    out; so is a lock file that came with an installed package. A package from a repository has no version in
    version 1 of the format (npm's documentation, "package-lock.json").
    """
    for file in files.every():
        if not shipped(file.path):
            lock = json_file(file, _Lock)
            entries = _flat(lock.dependencies) if lock.packages is None else lock.packages
            yield from locked_packages(_locked(entries), file.path)


def _flat(tree: Mapping[str, _Old]) -> dict[str, _Entry]:
    """A tree of version 1 as the later versions write it: by the place where each is installed."""
    flat: dict[str, _Entry] = {}
    waiting = [("", tree)]
    while waiting:
        above, level = waiting.pop()
        for name, old in level.items():
            place = f"{above}{_FOLDER}{name}"
            _check(place)
            flat[place] = _entry(old)
            waiting.append((place + "/", old.dependencies))
    return flat


def _entry(old: _Old) -> _Entry:
    needs = old.requires if isinstance(old.requires, dict) else {}
    name, version = split_name(old.version[4:]) if old.version.startswith("npm:") else ("", old.version)
    located = ":" in version or "/" in version
    return _Entry(
        name=name,
        version="" if located else version,
        link=located and is_folder(version),
        dev=old.dev,
        optional=old.optional,
        dependencies=needs,
    )


def _locked(entries: Mapping[str, _Entry]) -> dict[str, Locked]:
    """The entries below node_modules; the others are the project's own folders."""
    locked = {}
    for place, entry in entries.items():
        _check(place)
        if _FOLDER in place and not entry.link:
            name = entry.name or place.rpartition(_FOLDER)[2]
            locked[place] = Locked(name, entry.version, _needs(place, entry, entries), _scope(entry))
    return locked


def _check(place: str) -> None:
    if len(place) > NAME_BYTES:
        raise LimitError(f"a place is longer than {NAME_BYTES} characters")


def _scope(entry: _Entry) -> str:
    if entry.dev:
        return DEV
    return OPTIONAL if entry.optional or entry.dev_optional else ""


def _needs(place: str, entry: _Entry, entries: Mapping[str, _Entry]) -> tuple[str, ...]:
    """Where Node finds what an entry needs: below itself, else below the folders that it lies in."""
    found = []
    for name in (*entry.dependencies, *entry.optional_dependencies):
        above = place + "/"
        while above + _FOLDER + name not in entries and above:
            above = above[:-1].rpartition(_FOLDER)[0]
        found.append(above + _FOLDER + name)
    return tuple(found)
