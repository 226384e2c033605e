"""The words of ``--fail-on``."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oakum.decisions.refusals import Refusals, read_refusals
from oakum.kit.errors import UsageError


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("high", Refusals("high")),
        ("unscored", Refusals(unscored=True)),
        ("high, unscored", Refusals("high", unscored=True)),
        ("critical,low,high", Refusals("low")),
        ("kev,epss:0.5", Refusals(kev=True, epss=0.5)),
        ("epss:1", Refusals(epss=1.0)),
        ("epss:.25", Refusals(epss=0.25)),
        ("data-age:7d", Refusals(age_hours=168)),
        ("data-age:12h", Refusals(age_hours=12)),
        ("old-data,end-of-life", Refusals(gaps=frozenset({"old-data", "end-of-life"}))),
    ],
)
def test_words_and_what_they_mean(words: str, meant: Refusals) -> None:
    assert read_refusals(words) == meant


@pytest.mark.parametrize(
    "words",
    [
        *("", "dreadful", "high,", "HIGH", "high:1", "unscored:1", "old_data"),
        *("epss", "epss:", "epss:2", "epss:-1", "epss:nan", "data-age", "data-age:7", "data-age:d", "data-age:7w"),
    ],
)
def test_a_word_that_is_none_is_refused_with_what_there_is(words: str) -> None:
    with pytest.raises(UsageError, match="is nothing that a gate refuses") as refused:
        read_refusals(words)
    assert "data-age:7d" in refused.value.hint


@given(st.text(max_size=40))
def test_any_text_is_conditions_or_a_usage_error(words: str) -> None:
    try:
        assert isinstance(read_refusals(words), Refusals)
    except UsageError:
        return
