import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oakum.facts import markers
from oakum.facts.patterns import MarkerWant, Want

WANT = Want("plugin", "group", large=False, per_layer=False)


def found(
    data: bytes, cuts: list[int], marker: bytes, align: int = 1, before: int = 0, within: markers.Stretches = ()
) -> tuple[bytes, ...]:
    """What is found when the data come in pieces of these sizes, over and over."""
    want = MarkerWant(WANT, marker, align, before=before)
    seen = markers.windows(iter(in_pieces(data, cuts)), [want], within)
    return seen[0][1] if seen else ()


def in_pieces(data: bytes, cuts: list[int]) -> list[bytes]:
    pieces = []
    at = turn = 0
    while at < len(data):
        pieces.append(data[at : at + cuts[turn % len(cuts)]])
        at += cuts[turn % len(cuts)]
        turn += 1
    return pieces


@settings(max_examples=200)
@given(
    st.text("ab", max_size=60),
    st.lists(st.integers(1, 20), min_size=1, max_size=4),
    st.text("ab", min_size=1, max_size=4),
    st.sampled_from([1, 2, 4]),
    st.integers(0, 9),
    st.lists(st.tuples(st.integers(0, 70), st.integers(0, 70)), max_size=3),
)
def test_finds_what_a_search_of_the_whole_finds_wherever_the_pieces_end(
    data: str, cuts: list[int], marker: str, align: int, before: int, within: list[tuple[int, int]]
) -> None:
    asked = set().union(*(range(begin, end) for begin, end in within or [(0, len(data))]))
    places = [at for at in range(0, len(data), align) if at in asked and data.startswith(marker, at)][:4]
    expected = sorted(data[max(at - before, 0) :].encode() for at in places)
    assert sorted(found(data.encode(), cuts, marker.encode(), align, before, within)) == expected


@given(st.integers(0, 40), st.lists(st.integers(1, 20), min_size=1, max_size=4))
def test_everything_from_the_marker_on_is_kept_at_its_place(place: int, cuts: list[int]) -> None:
    data = b"-" * place + b"MARK" + b"x" * 30
    kept = bytearray(len(data))

    def keep(at: int, piece: bytes) -> None:
        kept[at : at + len(piece)] = piece

    wants = [MarkerWant(WANT, b"MARK", 1, rest=True), MarkerWant(WANT, b"-", 1)]
    markers.windows(iter(in_pieces(data, cuts)), wants, keep=keep)
    assert kept[place + 4 :] == data[place + 4 :]
    markers.windows(iter([data]), [MarkerWant(WANT, b"MARK", 1)], keep=lambda *_: pytest.fail("kept"))


def test_a_window_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markers, "WINDOW_BYTES", 10)
    assert found(b"--MARK" + b"x" * 100, [7], b"MARK") == (b"MARKxxxxxx",)


def test_who_is_not_found_is_left_out() -> None:
    wants = [MarkerWant(WANT, b"a", 1), MarkerWant(WANT, b"z", 1)]
    assert [want.marker for want, _ in markers.windows(iter([b"abc"]), wants)] == [b"a"]
