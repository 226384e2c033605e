"""The criterion ``privileged``."""

from oakum.decisions.criterion import CONTAINER, ContainerTest, Nothing, criterion
from oakum.model.workload import ContainerSpec


@criterion(level=CONTAINER, version=1)
def privileged(asked: Nothing) -> ContainerTest:
    """A container runs privileged: with every capability and every device of its host."""
    del asked

    def test(container: ContainerSpec) -> bool | None:
        return container.privileged

    return test
