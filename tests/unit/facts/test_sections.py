import random

import pytest

from oakum.facts import sections
from oakum.facts.elf import HEAD_BYTES
from oakum.facts.sections import Tail
from oakum.kit.errors import LimitError
from oakum.testing.programs import program


def tail_of(data: bytes, size: int = 1 << 20) -> Tail:
    tail = Tail(data[:HEAD_BYTES])
    assert b"".join(tail.watch(data[at : at + size] for at in range(0, len(data), size))) == data
    return tail


@pytest.mark.parametrize("wide", [True, False])
@pytest.mark.parametrize("size", [1, 7, 100, 1 << 20])
def test_a_section_is_found_by_name_however_the_file_is_cut(wide: bool, size: int) -> None:  # noqa: FBT001 - a parameter
    tail = tail_of(program({".note": b"before", ".dep-v0": b"held", ".after": b"after" * 9}, wide=wide), size)
    assert tail.section(".dep-v0") == b"held"
    assert tail.section(".dep") == tail.section("dep-v0") == b""


def test_a_section_may_be_there_and_out_of_reach() -> None:
    data = program({".held": b"nine long"})
    lying = data.replace((9).to_bytes(8, "little"), (1 << 40).to_bytes(8, "little"))
    assert tail_of(data).has(".held")
    assert tail_of(lying).has(".held")
    assert not tail_of(data).has(".other")
    assert not tail_of(data[:200]).has(".held")


def test_a_section_too_far_from_the_end_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sections, "TAIL_BYTES", 1_000)
    data = program({".dep-v0": b"held", ".debug_info": b"-" * 5_000})
    with pytest.raises(LimitError):
        tail_of(data, 100).section(".dep-v0")


def test_a_section_that_says_to_be_larger_than_the_file_is_said() -> None:
    data = program({".dep-v0": b"nine long"})
    lying = data.replace((9).to_bytes(8, "little"), (1 << 40).to_bytes(8, "little"))
    with pytest.raises(LimitError):
        tail_of(lying).section(".dep-v0")


def test_what_has_no_loaded_part_is_no_program() -> None:
    tail = tail_of(b"\x7fELF\x02\x01\x01".ljust(5_000, b"\0"))
    assert tail.section(".dep-v0") == b""


def test_damage_finds_nothing_or_says_so() -> None:
    source = random.Random(1)  # noqa: S311 - a test wants the same bytes every time
    data = program({".dep-v0": b"held"})
    for _ in range(2_000):
        flipped = bytearray(data[: source.randrange(1, len(data))] if source.random() < 0.2 else data)
        for _ in range(3):
            flipped[source.randrange(len(flipped))] = source.randrange(256)
        try:
            assert len(tail_of(bytes(flipped)).section(".dep-v0")) <= len(data)
        except LimitError:
            continue
