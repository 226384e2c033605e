import socket
import struct

import pytest

from oakum.facts.events.connected import connected
from oakum.facts.record import read_head
from oakum.kit.errors import DamagedError
from oakum.model.event import CONNECT, Event
from oakum.testing.records import ancestors, made, scene


def read(address: bytes, family: int, port: int) -> Event:
    record = made(4, ancestors() + address.ljust(16, b"\0") + struct.pack("<IIII", family, port, 6, 1))
    return connected.decode(read_head(record), record, scene())


def test_addresses_are_written_with_their_port() -> None:
    four = read(socket.inet_pton(socket.AF_INET, "10.0.0.7"), socket.AF_INET, 443)
    assert (four.kind, four.address) == (CONNECT, "10.0.0.7:443")
    six = read(socket.inet_pton(socket.AF_INET6, "2001:db8::1"), socket.AF_INET6, 53)
    assert six.address == "[2001:db8::1]:53"


@pytest.mark.parametrize(("family", "port"), [(77, 1), (socket.AF_INET, 70_000)])
def test_no_family_and_no_port_is_made_up(family: int, port: int) -> None:
    with pytest.raises(DamagedError):
        read(b"", family, port)
