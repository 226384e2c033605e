import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oakum.adapters.sqlite.version_bounds import Bounds, bounds
from oakum.model.advisory import Advisory, Event, Range
from oakum.model.scheme import VersionError


def key(version: str) -> bytes:
    if not version.isdigit():
        raise VersionError(version)
    return int(version).to_bytes(4)


def of(*ranges: list[tuple[str, str]], versions: tuple[str, ...] = ()) -> Bounds:
    found = tuple(Range(tuple(Event(*event) for event in one)) for one in ranges)
    return bounds(Advisory("A", "s", "Test", "a", ranges=found, versions=versions), key)


@pytest.mark.parametrize(
    ("events", "low", "high"),
    [
        ([("introduced", "2"), ("fixed", "5")], "2", "5"),
        ([("introduced", "0"), ("fixed", "5")], None, "5"),
        ([("introduced", "2")], "2", None),
        ([("introduced", "2"), ("last_affected", "5")], "2", "5+"),
        ([("introduced", "5"), ("last_affected", "5")], "5", "5+"),
        ([("introduced", "2"), ("limit", "*")], "2", None),
        ([("introduced", "2"), ("fixed", "5"), ("introduced", "8")], "2", None),
        ([("introduced", "5"), ("fixed", "5")], "5", None),
        ([("fixed", "5")], None, "5"),
        ([("introduced", "2"), ("fixed", "x")], None, None),
    ],
)
def test_one_range(events: list[tuple[str, str]], low: str | None, high: str | None) -> None:
    above = None if high is None else key(high.rstrip("+")) + (b"\0" if high.endswith("+") else b"")
    assert of(events) == (key(low) if low else None, above)


def test_all_ranges_and_versions_together() -> None:
    one, two = [("introduced", "4"), ("fixed", "5")], [("introduced", "7"), ("fixed", "8")]
    assert of(one, two) == (key("4"), key("8"))
    assert of(one, versions=("9", "3")) == (key("3"), key("9") + b"\0")
    assert of(one, [("introduced", "0")]) == (None, None)
    assert of() == (None, None)


NUMBERS = st.integers(0, 30)
PAIRS = st.lists(st.tuples(NUMBERS, NUMBERS), max_size=4)


@given(PAIRS, st.lists(NUMBERS, max_size=3), NUMBERS)
@settings(max_examples=200, deadline=None)
def test_never_too_narrow(pairs: list[tuple[int, int]], listed: list[int], asked: int) -> None:
    ranges = [[("introduced", str(start)), ("fixed", str(end))] for start, end in pairs]
    low, high = of(*ranges, versions=tuple(map(str, listed)))
    if asked in listed or any(start <= asked < end for start, end in pairs):
        assert low is None or low <= key(str(asked))
        assert high is None or high > key(str(asked))
