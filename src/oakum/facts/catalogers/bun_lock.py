"""Cataloger of Bun's lock files."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from oakum.facts.cataloger import DECLARED, cataloger
from oakum.facts.declared import reached, scope_of
from oakum.facts.documents import loose_json_file, typed
from oakum.facts.files import Files
from oakum.facts.node_lock import Locked, is_folder, locked_packages, shipped, split_name
from oakum.kit.errors import LimitError
from oakum.kit.limits import NAME_BYTES
from oakum.model import gaps
from oakum.model.fact import Fact, Gap


class _Asking(Struct, rename="camel"):
    name: str = ""
    dependencies: dict[str, Any] = {}
    optional_dependencies: dict[str, Any] = {}


class _Lock(Struct):
    workspaces: dict[str, _Asking] = {}
    packages: dict[str, list[Any]] = {}


@cataloger(version=1, reads=DECLARED, locks="**/bun.lock", binary="**/bun.lockb")
def bun_lock(files: Files) -> Iterator[Fact]:
    """Node packages that Bun has locked, with what they need.

    What no workspace reaches from what it runs is for development. The older binary ``bun.lockb`` is a gap:
    ``bun install --save-text-lockfile`` writes the text. Folders of the project itself are left out, as is a lock
    file that came with an installed package.
    """
    for file in files.binary:
        if not shipped(file.path):
            what = "Bun's binary lock file is not read; `bun install --save-text-lockfile` writes one that is"
            yield Gap(gaps.UNREADABLE_FILE, what, file.path)
    for file in files.locks:
        if not shipped(file.path):
            yield from locked_packages(_locked(loose_json_file(file, _Lock)), file.path)


def _locked(lock: _Lock) -> dict[str, Locked]:
    needs = {key: _needs(key, entry, lock.packages) for key, entry in lock.packages.items()}
    run = _reached(((one.name, one.dependencies) for one in lock.workspaces.values()), lock, needs)
    optional = _reached(((one.name, one.optional_dependencies) for one in lock.workspaces.values()), lock, needs)
    locked = {}
    for key, entry in lock.packages.items():
        name, version = split_name(entry[0] if entry and isinstance(entry[0], str) else "")
        if not is_folder(version) and not version.startswith("root:"):
            known = "" if ":" in version or "/" in version else version
            locked[key] = Locked(name, known, needs[key], scope_of(key, run, optional))
    return locked


def _reached(
    asked: Iterable[tuple[str, Mapping[str, Any]]], lock: _Lock, needs: dict[str, tuple[str, ...]]
) -> set[str]:
    return reached((_place(name, need, lock.packages) for name, wanted in asked for need in wanted), needs)


def _needs(key: str, entry: list[Any], packages: Mapping[str, Any]) -> tuple[str, ...]:
    if len(key) > NAME_BYTES:
        raise LimitError(f"a place is longer than {NAME_BYTES} characters")
    asking = next((typed(part, _Asking) for part in entry if isinstance(part, dict)), _Asking())
    return tuple(_place(key, need, packages) for need in (*asking.dependencies, *asking.optional_dependencies))


def _place(key: str, need: str, packages: Mapping[str, Any]) -> str:
    """The entry that meets a need: the nearest to the one that asks, whose key begins with the asker's."""
    above = key
    while above and f"{above}/{need}" not in packages:
        above = above.rpartition("/")[0]
    return f"{above}/{need}" if above else need
