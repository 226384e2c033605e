"""The criterion ``not_pinned``."""

from oakum.decisions.criterion import CONTAINER, ContainerTest, Nothing, criterion
from oakum.model.workload import ContainerSpec


@criterion(level=CONTAINER, version=1)
def not_pinned(asked: Nothing) -> ContainerTest:
    """A container names its image without a digest, so that tomorrow it may run another one."""
    del asked

    def test(container: ContainerSpec) -> bool | None:
        return not container.image.startswith("sha256:") and "@sha256:" not in container.image

    return test
