"""Names for the packages of a document: their purls, told apart where two packages bear one."""

from collections import Counter

from oakum.model.inventory import Inventory


def bom_references(inventory: Inventory) -> list[str]:
    """A name for each package, in the order of the inventory; no two are equal."""
    seen: Counter[str] = Counter()
    taken = {installed.purl for installed in inventory.packages}
    names: list[str] = []
    for installed in inventory.packages:
        name = installed.purl
        while seen[installed.purl] and (name == installed.purl or name in taken):
            name = f"{installed.purl}|{seen[installed.purl] + 1}"
            if name in taken:
                seen[installed.purl] += 1
        seen[installed.purl] += 1
        taken.add(name)
        names.append(name)
    return names
