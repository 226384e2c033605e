import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oakum.model.sortable import number


@given(st.integers(0, 10**300), st.integers(0, 10**300), st.text(max_size=2), st.text(max_size=2))
@settings(max_examples=200, deadline=None)
def test_numbers_sort_by_value_whatever_follows(left: int, right: int, after: str, behind: str) -> None:
    if left != right:
        assert (number(str(left)) + after < number(str(right)) + behind) == (left < right)


@pytest.mark.parametrize("digits", ["", "0", "000"])
def test_nothing_is_zero(digits: str) -> None:
    assert number(digits) == number("0")
    assert number(digits)[0] != "\x00"


def test_longer_numbers_are_greater_at_every_length() -> None:
    keys = [number("9" * length) for length in range(1, 1_001)]
    assert keys == sorted(set(keys))
    assert all(max(map(ord, key[:2])) < 256 for key in keys)
