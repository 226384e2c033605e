import struct

import pytest

from oakum.facts.opened import opened
from oakum.facts.record import CUT, read_head
from oakum.kit.errors import DamagedError
from oakum.model.event import WRITE
from oakum.testing.records import ancestors, file, made, scene


def test_a_program_that_is_not_known_is_not_made_up() -> None:
    record = made(3, ancestors() + file(5, 6, 7) + struct.pack("<IIII", 0, 2, 0, 0) + b"a\0", flags=CUT)
    event = opened(read_head(record), record, scene(), WRITE)
    assert (event.path, event.process.exe, event.cut) == ("/a", "", True)


def test_lengths_that_do_not_fit_are_refused() -> None:
    record = made(3, ancestors() + file(5, 6, 7) + struct.pack("<IIII", 0, 2, 1, 0) + b"a\0")
    with pytest.raises(DamagedError):
        opened(read_head(record), record, scene(), WRITE)
