"""The criterion ``host_namespace``."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from oakum.decisions.criterion import CONTAINER, ContainerTest, criterion
from oakum.model.workload import ContainerSpec


class Namespaces(Struct, frozen=True, forbid_unknown_fields=True):
    """``any_of``: ``network``, ``pid``, ``ipc``, ``uts``, ``user``, ``cgroup``."""

    any_of: Annotated[tuple[Literal["network", "pid", "ipc", "uts", "user", "cgroup"], ...], Meta(min_length=1)]


@criterion(level=CONTAINER, asked=Namespaces, version=1)
def host_namespace(asked: Namespaces) -> ContainerTest:
    """A container shares one of these namespaces with its host."""
    wanted = frozenset(asked.any_of)

    def test(container: ContainerSpec) -> bool | None:
        return None if container.host is None else not wanted.isdisjoint(container.host)

    return test
