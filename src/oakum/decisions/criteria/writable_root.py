"""The criterion ``writable_root``."""

from oakum.decisions.criterion import CONTAINER, ContainerTest, Nothing, criterion
from oakum.model.workload import ContainerSpec


@criterion(level=CONTAINER, version=1)
def writable_root(asked: Nothing) -> ContainerTest:
    """A container may write its root file system, so that whoever gets in can put programs there."""
    del asked

    def test(container: ContainerSpec) -> bool | None:
        return container.writable_root

    return test
