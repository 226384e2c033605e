"""The criterion ``unlimited``."""

from typing import Literal

from msgspec import Struct

from oakum.decisions.criterion import CONTAINER, ContainerTest, criterion
from oakum.model.workload import ContainerSpec


class Resource(Struct, frozen=True, forbid_unknown_fields=True):
    """``resource``: ``memory``, ``cpu``, ``pids``."""

    resource: Literal["memory", "cpu", "pids"]


@criterion(level=CONTAINER, asked=Resource, version=1)
def unlimited(asked: Resource) -> ContainerTest:
    """A container may use as much of a resource as its host has."""

    def test(container: ContainerSpec) -> bool | None:
        return None if container.limits is None else asked.resource not in container.limits

    return test
