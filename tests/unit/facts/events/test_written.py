import struct

from oakum.facts.events.written import written
from oakum.facts.record import UPPER, read_head
from oakum.model.event import WRITE
from oakum.testing.records import ancestors, file, made, parts, scene


def test_a_file_and_the_program_that_opened_it() -> None:
    path, program = parts("/var/lib/dpkg/status"), parts("/usr/bin/dpkg")
    lengths = struct.pack("<IIII", 0o1101, len(path), len(program), 1)
    record = made(3, ancestors() + file(5, 6, 0xFE00003) + lengths + path + program, flags=UPPER)
    event = written.decode(read_head(record), record, scene())
    assert (event.kind, event.path, event.process.exe) == (WRITE, "/var/lib/dpkg/status", "/usr/bin/dpkg")
    assert event.file == (0xFE03, 5, 6)
    assert event.upper
