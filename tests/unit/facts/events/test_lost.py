import struct

from oakum.facts.events.lost import lost
from oakum.facts.record import read_head
from oakum.model.event import LOST
from oakum.testing.records import CONTAINER, made, scene


def test_losses_are_counted_and_repeats_are_none() -> None:
    record = made(6, struct.pack("<QQQQQQ", 2, 30, 25, 400, 0, 0))
    event = lost.decode(read_head(record), record, scene())
    assert (event.kind, event.container) == (LOST, CONTAINER)
    assert (event.count, event.urgent, event.suppressed) == (32, 2, 400)
