"""Which package needs which: the edges that sources state, resolved to the packages that are there."""

from collections.abc import Iterable, Mapping
from typing import Final

from oakum.model.inventory import Installed, Inventory

Edges = Mapping[int, tuple[int, ...]]
"""Positions in ``Inventory.packages``: from a package to those that it needs, in their order."""

_MOST: Final = 2_000
"""Edges of one package; no honest one comes near, and a hostile file must not square its packages."""


def edges(inventory: Inventory) -> Edges:
    """The stated dependencies between the packages of an inventory.

    A name means the packages of the same type; those of the same file go before all others, then those of the
    same architecture. Where several remain that no version tells apart, none is taken: an edge is never guessed. What
    names nothing that is there (a virtual package, an optional dependency) has no edge.
    """
    packages = inventory.packages
    named: dict[tuple[str, str], list[int]] = {}
    for at, installed in enumerate(packages):
        named.setdefault((installed.package.type, installed.package.name), []).append(at)
    found = {at: _needed(at, packages, named) for at, one in enumerate(packages) if one.package.depends}
    return {at: needed for at, needed in found.items() if needed}


def _needed(at: int, packages: tuple[Installed, ...], named: Mapping[tuple[str, str], list[int]]) -> tuple[int, ...]:
    package = packages[at].package
    needed: set[int] = set()
    for statement in package.depends[:_MOST]:
        whole = named.get((package.type, statement), [])
        name, _, version = ("", "", "") if whole else statement.partition(" ")
        there = whole or [
            other for other in named.get((package.type, name), []) if packages[other].package.version == version
        ]
        needed.update(_meant(packages[at], there, packages))
    return tuple(sorted(needed - {at}))


def _meant(asking: Installed, there: list[int], packages: tuple[Installed, ...]) -> Iterable[int]:
    """Of the packages that bear a name those that are meant: one, or nothing."""
    if len(there) <= 1:
        return there
    paths = {asking.package.path, *asking.paths}
    near = [one for one in there if not paths.isdisjoint((packages[one].package.path, *packages[one].paths))]
    near = near or there
    if len(near) > 1:
        near = [one for one in near if packages[one].package.arch == asking.package.arch] or near
    versions = {packages[one].package.version for one in near}
    return near[:1] if len(versions) == 1 else []
