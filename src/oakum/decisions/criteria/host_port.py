"""The criterion ``host_port``."""

from oakum.decisions.asked import PortRange
from oakum.decisions.criterion import CONTAINER, ContainerTest, criterion
from oakum.model.workload import ContainerSpec


@criterion(level=CONTAINER, asked=PortRange, version=1)
def host_port(asked: PortRange) -> ContainerTest:
    """A container takes a port of its host in this range."""

    def test(container: ContainerSpec) -> bool | None:
        if container.host_ports is None:
            return None
        return any(asked.first <= port <= asked.last for port in container.host_ports)

    return test
