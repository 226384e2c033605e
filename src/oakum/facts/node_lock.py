"""What the lock files of Node's package managers have in common."""

from collections.abc import Iterator, Mapping
from typing import Final

from msgspec import Struct

from oakum.facts.declared import edge, merged
from oakum.model.fact import Fact, Package

_ARCHIVES: Final = (".tgz", ".tar.gz", ".tar")


class Locked(Struct):
    """One entry of a lock file.

    Attributes:
        name: as the registry knows it, whatever alias the project gave it.
        version: empty where the file only knows a repository or an address.
        needs: keys of other entries.
        scope: as of ``Package``.
        kind: the type of the package, since Deno locks those of another registry too.
    """

    name: str
    version: str
    needs: tuple[str, ...] = ()
    scope: str = ""
    kind: str = "npm"


def locked_packages(entries: Mapping[str, Locked], path: str) -> Iterator[Fact]:
    """The packages of a lock file, each once, with edges to what the file holds."""
    versions: dict[str, set[str]] = {}
    for entry in entries.values():
        versions.setdefault(entry.name, set()).add(entry.version)
    return merged(
        Package(
            entry.kind,
            entry.name,
            entry.version,
            path,
            depends=_depends(entry, entries, versions),
            scope=entry.scope,
        )
        for entry in entries.values()
    )


def _depends(entry: Locked, entries: Mapping[str, Locked], versions: dict[str, set[str]]) -> tuple[str, ...]:
    needed = [entries[key] for key in entry.needs if key in entries]
    return tuple(sorted({edge(one.name, one.version, versions) for one in needed}))


def shipped(path: str) -> bool:
    """Whether a lock file came with an installed package: nobody installs by it, and what is there is read itself."""
    return "/node_modules/" in f"/{path}"


def split_name(text: str) -> tuple[str, str]:
    """The two sides of the ``@`` between a name and what follows; a scope begins with one too."""
    name, _, rest = text[1:].partition("@")
    return text[:1] + name, rest


def is_folder(place: str) -> bool:
    """Whether a ``file:`` or ``link:`` address is a folder of the project rather than a packed package."""
    return place.startswith(("link:", "portal:", "workspace:")) or (
        place.startswith("file:") and not place.partition("#")[0].endswith(_ARCHIVES)
    )
