import pytest

from oakum.facts.elf import HEAD_BYTES
from oakum.facts.notes import Notes
from oakum.testing.programs import with_notes


def seen(data: bytes, marker: bytes, size: int = 1 << 20) -> tuple[bytes, ...]:
    notes = Notes(data[:HEAD_BYTES])
    assert b"".join(notes.watch(data[at : at + size] for at in range(0, len(data), size))) == data
    return notes.with_marker(marker)


@pytest.mark.parametrize("wide", [True, False])
@pytest.mark.parametrize("size", [1, 7, 4096, 1 << 20])
def test_notes_are_kept_wherever_they_are(size: int, wide: bool) -> None:  # noqa: FBT001 - a parameter
    data = with_notes({600: b"<0>", 4090: b"<1>".ljust(20, b"."), 9_000: b"<2>"}, wide=wide)
    assert seen(data, b"<0>", size) == (b"<0>",)
    assert seen(data, b"<1>", size) == (b"<1>".ljust(20, b"."),)
    assert seen(data, b"<2>", size) == (b"<2>",)
    assert seen(data, b"<3>", size) == ()


def test_a_file_must_pass_by_only_for_notes_beyond_its_beginning() -> None:
    near = Notes(with_notes({600: b"<0>"})[:HEAD_BYTES])
    assert not near.beyond
    assert near.with_marker(b"<0>") == (b"<0>",)
    assert Notes(with_notes({600: b"<0>", 9_000: b"<1>"})[:HEAD_BYTES]).beyond
    assert not Notes(b"").beyond


def test_what_is_kept_is_bounded() -> None:
    data = with_notes({5_000 + at: b"." * 100_000 for at in range(40)})
    assert [len(one) for one in seen(data, b".", 1000)] == [65_536] * 16


def test_notes_that_are_cut_off_are_kept_as_far_as_they_go() -> None:
    assert seen(with_notes({9_000: b"<0>".ljust(500)})[:9_100], b"<0>") == (b"<0>".ljust(100),)
