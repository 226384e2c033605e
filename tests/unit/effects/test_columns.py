"""Text in columns."""

from hypothesis import given, settings
from hypothesis import strategies as st

from oakum.effects.columns import Column, lines, wrap
from oakum.effects.escape import columns, visible

_TABLE = (Column("NAME", least=6), Column("VERSION", least=7), Column("WHERE", least=5, cut=True))


def _text(rows: list[tuple[str, str, str]], width: int) -> list[str]:
    return [line for _, line in lines(_TABLE, rows, width)]


def test_columns_are_as_wide_as_they_need() -> None:
    assert _text([("bash", "5.2", "#0")], 80) == ["NAME  VERSION  WHERE", "bash  5.2      #0"]


def test_a_cell_that_does_not_fit_goes_on_in_the_next_line_after_a_separator() -> None:
    found = _text([("org.example:a-long-name", "1.0", "#0")], 30)
    assert all(len(line) <= 30 for line in found)
    assert "".join(line.split("  ")[0].strip() for line in found[1:]) == "org.example:a-long-name"


def test_lines_say_which_row_they_show() -> None:
    assert [number for number, _ in lines(_TABLE, [("a", "1", "x"), ("b", "2", "y")], 80)] == [-1, 0, 1]


@settings(max_examples=100)
@given(st.lists(st.tuples(st.text(max_size=50), st.text(max_size=30), st.text(max_size=50)), max_size=4))
def test_hostile_cells_keep_to_the_page(rows: list[tuple[str, str, str]]) -> None:
    for line in _text(rows, 40):
        assert line.isprintable()
        assert columns(line) <= 40


def test_two_words_in_parentheses_stay_together() -> None:
    assert list(wrap("python3.11 (4 packages)", 16)) == ["python3.11", "(4 packages)"]


@settings(max_examples=100)
@given(st.text(max_size=60).map(visible), st.integers(2, 20))
def test_wrapping_loses_nothing_and_fits(text: str, width: int) -> None:
    wrapped = list(wrap(text, width))
    assert "".join(wrapped).replace(" ", "") == text.replace(" ", "")
    assert all(columns(line) <= width for line in wrapped)
