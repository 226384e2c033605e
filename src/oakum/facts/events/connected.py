"""Connections that were tried."""

import socket
from typing import Final

from msgspec.structs import replace

from oakum.facts.record import AFTER_ANCESTORS, Head, Layout, Scene, behind, event_of, record
from oakum.kit.errors import DamagedError
from oakum.model.event import CONNECT, Event

_REST: Final = Layout("connected", address="16s", family="I", port="I", protocol="I", kind="I")
_PORTS: Final = 65_536
_IPV4_BYTES: Final = 4


@record(_REST, number=4, version=1)
def connected(head: Head, data: bytes, scene: Scene) -> Event:
    """A connection was tried.

    The kernel says it before the first packet, with the address that it took from the caller; whether it came about is
    not known.
    """
    raw, family, port, _, _ = _REST.read(data, AFTER_ANCESTORS)
    behind(data, AFTER_ANCESTORS + _REST.size)
    if port >= _PORTS:
        raise DamagedError(f"a record of the kernel names port {port}")
    return replace(event_of(head, CONNECT, scene, data), address=f"{_address(raw, family)}:{port}")


def _address(raw: bytes, family: int) -> str:
    if family == socket.AF_INET:
        return socket.inet_ntop(socket.AF_INET, raw[:_IPV4_BYTES])
    if family == socket.AF_INET6:
        return f"[{socket.inet_ntop(socket.AF_INET6, raw)}]"
    raise DamagedError(f"a record of the kernel names address family {family}")
