"""The criterion ``port_exposed``."""

from oakum.decisions.asked import PortRange
from oakum.decisions.criterion import SUBJECT, SubjectTest, criterion
from oakum.model.subject import Subject


class Ports(PortRange, frozen=True, forbid_unknown_fields=True):
    """``first`` and ``last``: the ports that count, both included; ``protocol``: ``tcp``, ``udp``, ``sctp``, or any."""

    protocol: str = ""


@criterion(level=SUBJECT, asked=Ports, version=1, of_image=True)
def port_exposed(asked: Ports) -> SubjectTest:
    """The image exposes a port of this range."""

    def test(subject: Subject) -> bool | None:
        config = subject.artifact.config if subject.artifact else None
        return None if config is None else any(_fits(port, asked) for port in config.ports)

    return test


def _fits(port: str, asked: Ports) -> bool:
    """``8080/tcp``, or a range, ``8000-8010/udp``; without a protocol it is TCP (Dockerfile reference, EXPOSE)."""
    numbers, _, protocol = port.partition("/")
    first, _, last = numbers.partition("-")
    if not first.isdecimal() or (last and not last.isdecimal()):
        return False
    within = int(first) <= asked.last and int(last or first) >= asked.first
    return within and asked.protocol in {"", protocol.lower() or "tcp"}
