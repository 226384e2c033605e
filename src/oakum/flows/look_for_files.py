"""Look for the files that policies ask for, in what was read of an image."""

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from oakum.decisions.conditions import leaves
from oakum.decisions.files import FILE_PRESENT, fitting, rooted
from oakum.facts.image_files import find_files
from oakum.model.inventory import Inventory
from oakum.model.layer_facts import LayerFacts
from oakum.model.policy import Policy


def globs_of(policies: Iterable[Policy]) -> tuple[str, ...]:
    """The paths that policies ask for."""
    asked = (leaf.asked.get("matches") for policy in policies for leaf in leaves(policy.when) if _asks(leaf.criterion))
    found = (glob for globs in asked if isinstance(globs, list | tuple) for glob in globs if isinstance(glob, str))
    return tuple(dict.fromkeys(map(rooted, found)))


def look_for_files(inventory: Inventory, layers: Sequence[LayerFacts], globs: tuple[str, ...]) -> Inventory:
    """The inventory with the files that were found; nothing is said of a target whose paths were not kept."""
    trees = [layer.tree for layer in layers]
    if not globs or not all(tree.entries for tree in trees):
        return inventory
    return replace(inventory, looked_for=globs, files=find_files(trees, globs, fitting(globs)))


def _asks(criterion: str) -> bool:
    return criterion == FILE_PRESENT
