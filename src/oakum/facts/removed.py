"""Packages that a layer brought and a later layer took away: they are in the image, and not in its file system."""

from collections.abc import Callable, Collection, Sequence

from oakum.facts.squash import Purl, hidden_by
from oakum.model.fact import Package
from oakum.model.inventory import Installed, Inventory, Removed
from oakum.model.layer_facts import LayerFacts
from oakum.model.package_note import is_noted


def removed(
    layers: Sequence[LayerFacts], inventory: Inventory, names: Collection[str], purl: Purl
) -> tuple[Removed, ...]:
    """The packages of these names or source names that are no longer there, each at the last layer that had it.

    A package that is still there in the same version, from another file, was not removed. One that only a note in a
    program names says nothing here: it may be left to the database for as long as it was there.

    Args:
        layers: from the base upward.
        inventory: what is there.
        names: those to look for; looking for all would take long.
        purl: gives a package's purl.
    """
    wanted = {_folded(name) for name in names}
    there = {_identity(one.package) for one in inventory.packages}
    last: dict[tuple[str, str, str, str], tuple[int, Package]] = {}
    for number, layer in enumerate(layers):
        for package in _packages(layer, lambda one: _named(one, wanted)):
            if _identity(package) not in there and not is_noted(package):
                last[(*_identity(package), package.path)] = number, package
    return tuple(_removed(package, number, layers, inventory, purl) for number, package in last.values())


def _packages(layer: LayerFacts, wanted: Callable[[Package], bool]) -> list[Package]:
    facts = (fact for outcome in layer.outcomes for fact in outcome.facts)
    return [fact for fact in facts if isinstance(fact, Package) and wanted(fact)]


def _named(package: Package, names: Collection[str]) -> bool:
    """Advisories spell names as their ecosystem normalises them; one name too many is compared later, and falls."""
    return _folded(package.name) in names or (package.source is not None and _folded(package.source.name) in names)


def _folded(name: str) -> str:
    return name.lower().replace("_", "-").replace(".", "-")


def _identity(package: Package) -> tuple[str, str, str]:
    return package.type, package.name, package.version


def _removed(package: Package, number: int, layers: Sequence[LayerFacts], inventory: Inventory, purl: Purl) -> Removed:
    installed = Installed(package, purl(package, inventory.distribution), number, (package.path,))
    return Removed(installed, hidden_by(package, [layer.tree for layer in layers], number))
