import pytest
from hypothesis import given
from hypothesis import strategies as st

from oakum.adapters.store.values import cursor, iso, key, moment, pack, place, some, storable
from oakum.kit.errors import UnreadableError, UsageError


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("", 0),
        ("1970-01-01T00:00:00Z", 0),
        ("0001-01-01T00:00:00Z", 0),
        ("1970-01-01T00:00:01", 1_000_000),
        ("1970-01-01T01:00:00+01:00", 0),
        ("2026-11-25T10:00:00.123456789Z", 1_795_600_800_123_456),
        ("9999-12-31T23:59:59Z", 253_402_300_799_000_000),
    ],
)
def test_moments_of_many_clocks_are_numbers(text: str, at: int) -> None:
    assert moment(text) == at


@pytest.mark.parametrize("text", ["now", "2026-13-01", "\0", "2026-11-25T25:00:00Z", "9" * 400])
def test_what_is_no_moment_is_said(text: str) -> None:
    with pytest.raises(UnreadableError):
        moment(text)


@given(st.integers(1, 250_000_000_000_000_000))
def test_a_moment_comes_back(at: int) -> None:
    assert moment(iso(at)) == at


@given(st.text())
def test_a_key_is_bounded_and_storable(text: str) -> None:
    assert len(key(text * 50)) <= 300
    assert "\0" not in key(text)
    storable(text).encode()


def test_keys_of_long_texts_differ() -> None:
    assert key("x" * 1000) != key("x" * 1001)
    assert key("x" * 300) == "x" * 300


@given(st.integers(0, 10**18 - 1), st.text(st.characters(exclude_characters="\0")))
def test_a_cursor_comes_back(number: int, text: str) -> None:
    assert place(cursor(number, text)) == (number, text)


@pytest.mark.parametrize("text", ["", "1", "~", "x~", "-1~", "1~\0", "9" * 30 + "~", "\u0661~"])
def test_what_is_no_cursor_is_said(text: str) -> None:
    with pytest.raises(UsageError):
        place(text)


def test_half_a_character_is_refused_by_name() -> None:
    with pytest.raises(UnreadableError, match="no Unicode"):
        pack({"a": "\ud800"})


def test_a_long_list_comes_in_parts() -> None:
    assert [len(part) for part in some(range(1001))] == [500, 500, 1]
