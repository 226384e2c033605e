"""Leave out of an inventory what somebody named, and say so: what is left out is unknown, not clean."""

from collections.abc import Callable, Iterable

from msgspec import structs

from oakum.decisions.globs import fits
from oakum.model import gaps
from oakum.model.fact import Gap
from oakum.model.inventory import Installed, Inventory


def leave_out(inventory: Inventory, globs: Iterable[str]) -> Inventory:
    """The inventory without what only the named places hold.

    Everything was read all the same, so that what is kept of a layer does not depend on who asked.

    Args:
        inventory: what is there.
        globs: of paths from the root, with or without a leading slash; a folder stands for all that is in it.
    """
    named = [glob.strip("/") for glob in globs]
    out = fits(form for glob in named for form in (glob, f"{glob}/**", f"{glob}!/**"))
    left = (_without(one, out) for one in inventory.packages)
    packages = tuple(one for one in left if one is not None)
    kept = tuple(gap for gap in inventory.gaps if not gap.path or not out(gap.path))
    count = len(inventory.packages) - len(packages), len(inventory.gaps) - len(kept)
    what = "left out as asked: {} packages and {} gaps in {}".format(*count, ", ".join(named))
    return structs.replace(inventory, packages=packages, gaps=(*kept, Gap(gaps.LEFT_OUT, what)))


def _without(installed: Installed, out: Callable[[str], bool]) -> Installed | None:
    """A package by the places that remain; None where there are none."""
    paths = tuple(path for path in installed.paths or (installed.package.path,) if not out(path))
    if not paths:
        return None
    if paths[0] == installed.package.path:
        return structs.replace(installed, paths=paths)
    return structs.replace(installed, paths=paths, package=structs.replace(installed.package, path=paths[0]))
