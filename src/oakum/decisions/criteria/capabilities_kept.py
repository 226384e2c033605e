"""The criterion ``capabilities_kept``."""

from oakum.decisions.criterion import CONTAINER, ContainerTest, Nothing, criterion
from oakum.model.workload import ContainerSpec


@criterion(level=CONTAINER, version=1)
def capabilities_kept(asked: Nothing) -> ContainerTest:
    """A container keeps the runtime's own capabilities: it does not drop ``ALL``."""
    del asked

    def test(container: ContainerSpec) -> bool | None:
        if container.privileged:
            return True
        return None if container.dropped is None else "ALL" not in container.dropped

    return test
