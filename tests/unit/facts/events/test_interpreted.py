import struct

from oakum.facts.events.interpreted import interpreted
from oakum.facts.record import KILLED, UPPER, read_head
from oakum.model.event import SCRIPT
from oakum.testing.records import ancestors, file, made, parts, scene


def test_a_script_and_its_interpreter() -> None:
    path, program = parts("/srv/run.sh"), parts("/usr/bin/dash")
    lengths = struct.pack("<IIII", 0, len(path), len(program), 0)
    record = made(7, ancestors() + file(5, 6, 0x800001) + lengths + path + program, flags=UPPER | KILLED)
    event = interpreted.decode(read_head(record), record, scene())
    assert (event.kind, event.path, event.process.exe) == (SCRIPT, "/srv/run.sh", "/usr/bin/dash")
    assert (event.script, event.upper, event.killed) == (True, True, True)
