import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oakum.facts import markers
from oakum.facts.patterns import MarkerWant, Want

WANT = Want("plugin", "group", large=False, per_layer=False)


def found(data: bytes, cuts: list[int], marker: bytes, align: int = 1) -> tuple[bytes, ...]:
    """What is found when the data come in pieces of these sizes, over and over."""
    pieces = []
    at = turn = 0
    while at < len(data):
        pieces.append(data[at : at + cuts[turn % len(cuts)]])
        at += cuts[turn % len(cuts)]
        turn += 1
    seen = markers.windows(iter(pieces), [MarkerWant(WANT, marker, align)])
    return seen[0][1] if seen else ()


@settings(max_examples=200)
@given(
    st.text("ab", max_size=60),
    st.lists(st.integers(1, 20), min_size=1, max_size=4),
    st.text("ab", min_size=1, max_size=4),
    st.sampled_from([1, 2, 4]),
)
def test_finds_what_a_search_of_the_whole_finds_wherever_the_pieces_end(
    data: str, cuts: list[int], marker: str, align: int
) -> None:
    places = [at for at in range(0, len(data), align) if data.startswith(marker, at)][:4]
    expected = {data[at:].encode() for at in places}
    assert set(found(data.encode(), cuts, marker.encode(), align)) == expected


def test_a_window_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markers, "WINDOW_BYTES", 10)
    assert found(b"--MARK" + b"x" * 100, [7], b"MARK") == (b"MARKxxxxxx",)


def test_who_is_not_found_is_left_out() -> None:
    wants = [MarkerWant(WANT, b"a", 1), MarkerWant(WANT, b"z", 1)]
    assert [want.marker for want, _ in markers.windows(iter([b"abc"]), wants)] == [b"a"]
