"""The criterion ``privilege_escalation``."""

from oakum.decisions.criterion import CONTAINER, ContainerTest, Nothing, criterion
from oakum.model.workload import ContainerSpec


@criterion(level=CONTAINER, version=1)
def privilege_escalation(asked: Nothing) -> ContainerTest:
    """A process of a container may get more rights than its parent: setuid programs work in it."""
    del asked

    def test(container: ContainerSpec) -> bool | None:
        return container.escalation

    return test
