"""Judge every package of the fleet anew by what the world knows now; no image is read."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

from oakum.flows.judge_inventory import find
from oakum.model.fact import Distribution
from oakum.model.finding import Finding
from oakum.model.fleet import Affected, FleetPackage, fleet_package
from oakum.model.inventory import Inventory
from oakum.ports.advisories import Advisories
from oakum.ports.fleet import Fleet

_TOGETHER: Final = 5_000
"""Packages that are judged and kept in one transaction: others wait for it."""


def rejudge_fleet(fleet: Fleet, advisories: Advisories) -> list[Affected]:
    """Judge stored packages by new advisories; give what is newly affected, with what runs of it.

    Raises:
        OakumError: the advisories cannot be used, or the fleet cannot be written.
    """
    every = list(fleet.packages())
    return [row for packages in _parts(every) for row in fleet.rejudge(judged(packages, advisories))]


def judged(packages: Sequence[FleetPackage], advisories: Advisories) -> dict[str, list[Finding]]:
    """All findings of packages, by the packages' ids; a package without any has an empty list."""
    found: dict[str, list[Finding]] = {package.id: [] for package in packages}
    for distribution, together in _by_distribution(packages).items():
        inventory = Inventory(distribution, tuple(package.installed for package in together))
        for one in find(inventory, advisories).findings:
            found[fleet_package(one.installed, distribution).id].append(one)
    return found


def _by_distribution(packages: Iterable[FleetPackage]) -> dict[Distribution | None, list[FleetPackage]]:
    grouped: dict[Distribution | None, list[FleetPackage]] = {}
    for package in packages:
        grouped.setdefault(package.distribution, []).append(package)
    return grouped


def _parts(packages: Iterable[FleetPackage]) -> Iterator[list[FleetPackage]]:
    rest = iter(packages)
    while part := list(islice(rest, _TOGETHER)):
        yield part
