import struct

import pytest

from oakum.facts.events.exited import exited
from oakum.facts.record import OUTSIDE, read_head
from oakum.model.event import EXIT
from oakum.testing.records import made, scene


@pytest.mark.parametrize(("code", "signal", "said"), [(0, 0, 0), (3, 0, 3), (0, 9, 137)])
def test_the_code_is_what_shells_say(code: int, signal: int, said: int) -> None:
    record = made(2, struct.pack("<II", code, signal))
    event = exited.decode(read_head(record), record, scene())
    assert (event.kind, event.exit_code, event.process.pid, event.ancestors) == (EXIT, said, 7, ())


def test_a_process_that_left_its_container_is_marked() -> None:
    record = made(2, struct.pack("<II", 0, 0), flags=OUTSIDE)
    assert exited.decode(read_head(record), record, scene()).outside
