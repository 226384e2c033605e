"""The criterion ``sysctl``."""

from oakum.decisions.asked import Matches
from oakum.decisions.criterion import CONTAINER, ContainerTest, criterion
from oakum.decisions.globs import fits
from oakum.model.workload import ContainerSpec


@criterion(level=CONTAINER, asked=Matches, version=1)
def sysctl(asked: Matches) -> ContainerTest:
    """A container sets a kernel parameter: ``kernel.**``."""
    wanted = fits(asked.matches)

    def test(container: ContainerSpec) -> bool | None:
        return None if container.sysctls is None else any(wanted(name) for name in container.sysctls)

    return test
