"""Hostile text made visible."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oakum.effects.escape import columns, shorten, visible


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("plain-name_1.0", "plain-name_1.0"),
        ("\x1b[31mred", r"\x1b[31mred"),
        ("a\nb\rc\x00", r"a\x0ab\x0dc\x00"),
        ("a\u202eb", r"a\u202eb"),
        ("a\u200bb\u2060", r"a\u200bb\u2060"),
        ("e\u0301", r"e\u0301"),
        ("a\u3164b", r"a\u3164b"),
        ("a\u2028b\u00a0c", r"a\u2028b\u00a0c"),
        ("\udcff", r"\udcff"),
        ("\U000e0041", r"\U000e0041"),
        ("\x9b31m", r"\u009b31m"),
        ("gémeaux 中", "gémeaux 中"),
    ],
)
def test_what_does_not_show_itself_is_written_as_an_escape(hostile: str, shown: str) -> None:
    assert visible(hostile) == shown


@settings(max_examples=200)
@given(st.text(max_size=40))
def test_no_control_format_or_combining_character_survives(text: str) -> None:
    shown = visible(text)
    assert shown.isprintable()
    assert all(unicodedata.category(character)[0] not in "CM" or character == " " for character in shown)
    assert visible(shown) == shown
    shown.encode()


@settings(max_examples=200)
@given(st.text(max_size=40).map(visible), st.integers(4, 20), st.integers(-1, 10))
def test_a_shortened_text_fits(text: str, width: int, head: int) -> None:
    cut = shorten(text, width, head)
    assert columns(cut) <= width
    assert cut == text or "…" in cut


def test_wide_characters_take_two_columns() -> None:
    assert columns("中a") == 3
    assert shorten("中中中", 4) == "中…"
    assert shorten("#3 usr/lib/app.jar", 12, head=4) == "#3 u…app.jar"
