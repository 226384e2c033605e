import struct

from oakum.facts.events.changed import changed
from oakum.facts.record import read_head
from oakum.model.event import CHANGE
from oakum.testing.records import made, scene


def test_a_change_of_rights_names_its_process_and_no_file() -> None:
    record = made(8, struct.pack("<Q", 0))
    event = changed.decode(read_head(record), record, scene())
    assert (event.kind, event.path, event.process.pid) == (CHANGE, "", 7)
