"""The criterion ``container_kind``."""

from typing import Literal

from msgspec import Struct

from oakum.decisions.criterion import CONTAINER, ContainerTest, criterion
from oakum.model.workload import ContainerSpec


class Kind(Struct, frozen=True, forbid_unknown_fields=True):
    """``wanted``: ``container``, ``init``, ``ephemeral``."""

    wanted: Literal["container", "init", "ephemeral"]


@criterion(level=CONTAINER, asked=Kind, version=1)
def container_kind(asked: Kind) -> ContainerTest:
    """A container is of this kind; an ephemeral one is put into a pod that runs already."""

    def test(container: ContainerSpec) -> bool | None:
        return container.kind == asked.wanted

    return test
