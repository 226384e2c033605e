import struct

import pytest

from oakum.facts.events.executed import executed
from oakum.facts.record import CUT, KILLED, LAYERED, SCRIPT, UPPER, read_head
from oakum.kit.errors import DamagedError
from oakum.model.event import EXEC, Event, Process
from oakum.testing.records import CONTAINER, ancestors, file, made, parts, scene

PARENT = Process(6, 300, "bash")


def read(path: str, given: bytes, arguments: bytes, **head: int) -> Event:
    lengths = struct.pack("<IIII", len(parts(path)), len(given), len(arguments), 0)
    body = ancestors(PARENT) + file(42, 9, 0x800001) + lengths + parts(path) + given + arguments
    record = made(1, body, depth=1, **head)
    return executed.decode(read_head(record), record, scene())


def test_a_program_with_its_arguments_its_parent_and_its_file() -> None:
    event = read("/usr/bin/ls", b"ls\0", b"ls\0-l\0\xff\0", flags=UPPER | LAYERED, login=1000)
    assert (event.kind, event.container, event.at) == (EXEC, CONTAINER, 1_000_000_000_500)
    assert event.process == Process(7, 400, "sh", "/usr/bin/ls")
    assert event.ancestors == (PARENT,)
    assert event.path == "/usr/bin/ls"
    assert event.arguments == ("ls", "-l", "\\xff")
    assert (event.upper, event.layered, event.script, event.cut, event.killed) == (True, True, False, False, False)
    assert (event.uid, event.login) == (1000, 1000)
    assert event.file == (0x801, 42, 9)


def test_a_script_is_named_by_its_path_and_its_program_is_the_interpreter() -> None:
    event = read("/bin/dash", b"./run.sh\0", b"/bin/sh\0./run.sh\0", flags=SCRIPT | KILLED | CUT)
    assert (event.path, event.process.exe, event.script) == ("./run.sh", "/bin/dash", True)
    assert event.killed
    assert event.cut
    assert event.login == -1


def test_no_arguments_are_none() -> None:
    assert read("/a", b"a\0", b"").arguments == ()


def test_lengths_that_do_not_fit_are_refused() -> None:
    body = ancestors() + file(1, 1, 1) + struct.pack("<IIII", 9, 9, 0xFFFFFFFF, 0) + b"x" * 20
    record = made(1, body)
    with pytest.raises(DamagedError, match="do not fill it"):
        executed.decode(read_head(record), record, scene())
