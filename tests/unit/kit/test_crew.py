import os
from collections.abc import Iterator

import pytest

from oakum.kit.crew import Crew, muster


def further(count: int) -> tuple[list[int], list[int]]:
    """Where further processes are heard, and on what they speak."""
    pipes = [os.pipe() for _ in range(count)]
    return [ends[0] for ends in pipes], [ends[1] for ends in pipes]


def heard(descriptors: list[int]) -> list[bytes]:
    """All that each of the further processes said, to its end."""
    said = []
    for descriptor in descriptors:
        with os.fdopen(descriptor, "rb") as stream:
            said.append(stream.read())
    return said


def taken(crew: Crew) -> Iterator[int]:
    while (part := crew.take()) is not None:
        yield part


def mustered(outputs: list[int]) -> Crew:
    """The leader; the others say their order and the parts that they took, and end."""
    crew = muster(outputs)
    if crew.slot:
        try:
            ordered = crew.hear()
            os.write(1, b"nothing" if ordered is None else ordered + bytes(taken(crew)))
        finally:
            os._exit(0)
    return crew


def test_every_part_is_taken_once_in_the_order_in_which_they_were_dealt() -> None:
    descriptors, outputs = further(3)
    crew = mustered(outputs)
    dealt = [5, 2, 200, 7, *range(10, 110)]
    crew.order(b"do:", dealt)
    own = list(taken(crew))
    said = heard(descriptors)
    assert all(one.startswith(b"do:") for one in said)
    parts = [own, *(list(one.removeprefix(b"do:")) for one in said)]
    assert sorted(part for some in parts for part in some) == sorted(dealt)
    assert all(some == sorted(some, key=dealt.index) for some in parts)


def test_who_is_not_needed_learns_that_there_is_nothing_to_do() -> None:
    descriptors, outputs = further(3)
    crew = mustered(outputs)
    crew.order(b"do:", [0, 1])
    own = list(taken(crew))
    first, *others = heard(descriptors)
    assert sorted([*own, *first.removeprefix(b"do:")]) == [0, 1]
    assert others == [b"nothing"] * 2


def test_all_hear_what_is_told_before_the_order() -> None:
    descriptors, outputs = further(2)
    crew = muster(outputs)
    if crew.slot:
        try:
            os.write(1, b"|".join(crew.hear() or b"nothing" for _ in range(2)))
        finally:
            os._exit(0)
    crew.tell(b"asked")
    crew.order(b"do", [0, 1])
    assert heard(descriptors) == [b"asked|do", b"asked|nothing"]


def test_the_others_end_with_a_leader_that_never_gave_an_order() -> None:
    descriptors, outputs = further(2)
    leader = os.fork()
    if not leader:
        mustered(outputs)
        os._exit(0)
    for output in outputs:
        os.close(output)
    assert heard(descriptors) == [b"nothing"] * 2
    assert os.waitpid(leader, 0) == (leader, 0)


def test_a_process_that_died_harms_nobody() -> None:
    descriptors, outputs = further(1)
    crew = muster(outputs)
    if crew.slot:
        os._exit(1)
    assert heard(descriptors) == [b""]
    crew.order(b"do:", [3])
    assert list(taken(crew)) == [3]


def test_where_no_process_can_be_had_the_leader_does_all(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> int:
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", refuse)
    descriptors, outputs = further(2)
    crew = muster(outputs)
    assert (crew.slot, crew.missing) == (0, (1, 2))
    crew.order(b"do:", [1, 0])
    assert list(taken(crew)) == [1, 0]
    for output in outputs:
        os.write(output, b"free")
        os.close(output)
    assert heard(descriptors) == [b"free"] * 2


def test_a_leader_without_others_takes_all() -> None:
    crew = muster(())
    crew.order(b"", range(1_000))
    assert list(taken(crew)) == list(range(1_000))
