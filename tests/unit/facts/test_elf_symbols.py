import io
import random
import shutil
import sys

import pytest

from oakum.facts.elf_symbols import Program
from oakum.testing.programs import exporting


@pytest.mark.parametrize("wide", [True, False])
def test_symbols_and_what_they_stand_for(wide: bool) -> None:  # noqa: FBT001 - a parameter
    program = Program(io.BytesIO(exporting({"first": b"abc", "second": b"\7".ljust(8, b"\0")}, wide=wide)))
    found = program.symbols(("first", "second"))
    assert sorted(found) == ["first", "second"]
    assert program.at(found["first"], 3) == b"abc"
    assert program.word(found["second"]) == (7 if wide else 7 << 24)
    assert program.symbols(("irst", "third")) == {}


def test_a_name_may_be_the_end_of_another() -> None:
    """Linkers keep the text of ``first`` alone, as the end of ``the_first``."""
    data = exporting({"the_first": b"abc"})
    entry = data.index(b"the_first\0") - data.index(b"\0the_first\0")
    assert entry == 1
    ends = data.replace((1).to_bytes(4, "little") + b"\x11\0\1\0", (5).to_bytes(4, "little") + b"\x11\0\1\0")
    assert list(Program(io.BytesIO(ends)).symbols(("first",))) == ["first"]


def test_an_address_that_is_not_loaded_holds_nothing() -> None:
    program = Program(io.BytesIO(exporting({"x": b"abc"})))
    assert program.at(1 << 50, 3) == b""
    assert program.word(1 << 50) is None
    assert program.read(1 << 63, 1) == program.read(-1, 1) == b""


def test_a_real_program() -> None:
    with open(shutil.which("true") or sys.executable, "rb") as file:
        assert Program(file).symbols(("no_such_symbol_as_this",)) == {}


def test_damage_finds_nothing() -> None:
    source = random.Random(1)  # noqa: S311 - a test wants the same bytes every time
    data = exporting({"first": b"abc", "second": b"\7"})
    for _ in range(2_000):
        flipped = bytearray(data[: source.randrange(1, len(data))] if source.random() < 0.2 else data)
        for _ in range(3):
            flipped[source.randrange(len(flipped))] = source.randrange(256)
        program = Program(io.BytesIO(flipped))
        for address in program.symbols(("first", "second")).values():
            assert len(program.at(address, 100)) <= 100
            program.word(address)
