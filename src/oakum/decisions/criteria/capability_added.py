"""The criterion ``capability_added``."""

from typing import Annotated

from msgspec import Meta, Struct

from oakum.decisions.criterion import CONTAINER, ContainerTest, criterion
from oakum.model.workload import ContainerSpec

Name = Annotated[str, Meta(pattern="^[A-Z_]+$")]


class Names(Struct, frozen=True, forbid_unknown_fields=True):
    """``any_of``: capabilities without ``CAP_``: ``SYS_ADMIN``, or ``ANY``."""

    any_of: Annotated[tuple[Name, ...], Meta(min_length=1)]


@criterion(level=CONTAINER, asked=Names, version=1)
def capability_added(asked: Names) -> ContainerTest:
    """A container gets one of these capabilities besides those that every container has.

    A privileged one has all.
    """
    wanted = frozenset(asked.any_of)

    def test(container: ContainerSpec) -> bool | None:
        if container.privileged:
            return True
        if container.added is None:
            return None
        added = frozenset(container.added)
        return bool(added) if "ANY" in wanted else "ALL" in added or not wanted.isdisjoint(added)

    return test
