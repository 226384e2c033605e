"""Look for the files that policies ask for, in what was read of an image."""

from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import Final

from msgspec.structs import replace

from oakum.decisions.conditions import leaves
from oakum.decisions.files import FILE_PRESENT, fitting, rooted
from oakum.facts.image_files import find_files
from oakum.model.inventory import ImageFile, Inventory
from oakum.model.layer_facts import LayerFacts
from oakum.model.policy import Policy

_MOST: Final = 1_000
"""Files that are kept of each glob: whoever asks wants to know that they are there, and none may hide another's."""


def globs_of(policies: Iterable[Policy]) -> tuple[str, ...]:
    """The paths that policies ask for."""
    asked = (leaf for policy in policies for leaf in leaves(policy.when) if leaf.criterion == FILE_PRESENT)
    return tuple(dict.fromkeys(rooted(glob) for leaf in asked for glob in leaf.asked["matches"]))


def look_for_files(inventory: Inventory, layers: Sequence[LayerFacts], globs: tuple[str, ...]) -> Inventory:
    """The inventory with the files that were found; nothing is said of a target whose paths were not kept."""
    trees = [layer.tree for layer in layers]
    if not globs or not all(tree.entries for tree in trees):
        return inventory
    found = find_files(trees, globs, fitting(globs))
    kept = {one for glob in globs for one in islice(filter(_at(glob), found), _MOST)}
    return replace(inventory, looked_for=globs, files=tuple(one for one in found if one in kept))


def _at(glob: str) -> Callable[[ImageFile], bool]:
    fits = fitting([glob])
    return lambda file: fits(file.path)
