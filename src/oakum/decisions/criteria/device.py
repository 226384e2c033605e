"""The criterion ``device``."""

from oakum.decisions.asked import Matches
from oakum.decisions.criterion import CONTAINER, ContainerTest, criterion
from oakum.decisions.globs import fits
from oakum.model.workload import ContainerSpec


@criterion(level=CONTAINER, asked=Matches, version=1)
def device(asked: Matches) -> ContainerTest:
    """A container gets a device of its host: ``/dev/kvm``; a privileged one has all."""
    wanted = fits(asked.matches)

    def test(container: ContainerSpec) -> bool | None:
        if container.privileged:
            return True
        return None if container.devices is None else any(wanted(path) for path in container.devices)

    return test
