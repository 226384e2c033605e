import pytest

from oakum.facts.elf import HEAD_BYTES
from oakum.facts.patterns import MarkerWant, Want
from oakum.facts.sought import Sought, is_promising
from oakum.kit.errors import LimitError
from oakum.testing.programs import program, with_notes

WANT = Want("x", "programs", large=False, per_layer=False)
NOTE = MarkerWant(WANT, b"NOTE", 1, notes=True)
HEAD = MarkerWant(WANT, b"HEAD", 1, head=True)
FAR = MarkerWant(WANT, b"FAR", 1, least=20_000)
HELD = MarkerWant(WANT, b"", 1, section=".held")
THERE = MarkerWant(WANT, b"", 1, section=".there", there=True)


@pytest.mark.parametrize(
    ("want", "data", "promising"),
    [
        (NOTE, with_notes({600: b"NOTE"}), True),
        (NOTE, with_notes({600: b"none"}), False),
        (NOTE, with_notes({600: b"none", 5_000: b"none"}), True),
        (NOTE, with_notes({600: b"none"}) + b"NOTE", False),
        (HEAD, with_notes({600: b"HEAD"}), True),
        (HEAD, with_notes({}) + b"HEAD", False),
        (FAR, with_notes({600: b"FAR"}), False),
        (FAR, with_notes({}, size=30_000), True),
        (HELD, with_notes({}), True),
    ],
)
def test_the_beginning_tells_most_programs_that_nothing_is_wanted(
    want: MarkerWant,
    data: bytes,
    promising: bool,  # noqa: FBT001 - a parameter
) -> None:
    assert is_promising([want], len(data), data[:HEAD_BYTES]) is promising


def found(data: bytes, *wants: MarkerWant) -> list[tuple[MarkerWant, object]]:
    sought = Sought(wants, len(data), data[:HEAD_BYTES])
    if sought.anywhere:
        sought.search(iter([data[:700], data[700:]]))
    return list(sought.found())


def test_each_wish_gets_what_it_asked_for() -> None:
    data = with_notes({600: b"NOTE HEAD", 5_000: b"NOTE far"})
    assert found(data, HEAD, NOTE, HELD) == [(HEAD, (data[:HEAD_BYTES],)), (NOTE, (b"NOTE HEAD", b"NOTE far"))]
    long = with_notes({}, size=30_000) + b"FAR away"
    assert found(long, FAR, NOTE) == [(FAR, (b"FAR away",))]
    sections = program({".held": b"held", ".there": b"there"})
    assert found(sections, HELD, THERE) == [(HELD, (b"held",)), (THERE, (b"",))]


def test_a_section_out_of_reach_is_the_reason() -> None:
    lying = program({".held": b"nine long"}).replace((9).to_bytes(8, "little"), (1 << 40).to_bytes(8, "little"))
    ((want, reason),) = found(lying, HELD)
    assert want is HELD
    assert isinstance(reason, LimitError)
