import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oakum.facts.terms import terms
from oakum.kit.errors import LimitError, UnreadableError


def test_erlang() -> None:
    text = """%% a comment with "quotes"
    {application, 'My App', [{vsn, "1\\"2"}, {env, [{a, #{k => <<"v"/utf8>>}}, {n, -1.5}, {h, 16#FF}]}]}.
    [a|b]."""
    env = [("a", [("k", "v")]), ("n", "-1.5"), ("h", "16#FF")]
    assert terms(text, "erlang") == [("application", "My App", [("vsn", '1"2'), ("env", env)]), ["a", "b"]]


def test_elixir() -> None:
    text = '# a comment\n%{"a": {:hex, :"b c", [d: :e, f: true]}, :g => "h%{", i: 1,}'
    assert terms(text, "elixir") == [[("a", ("hex", "b c", [("d", "e"), ("f", "true")])), ("g", "h%{"), ("i", "1")]]


@pytest.mark.parametrize("text", ["{", "}", "[)", "<<]", '"open', "fun() -> ok end", "{]"])
def test_what_is_no_data_is_refused(text: str) -> None:
    with pytest.raises(UnreadableError):
        terms(text, "erlang")


def test_depth_and_number_are_bounded() -> None:
    with pytest.raises(LimitError):
        terms("[" * 1_000 + "]" * 1_000, "erlang")
    with pytest.raises(LimitError):
        terms("[" + "a," * 1_100_000 + "]", "erlang")


@given(st.text(alphabet="{}[]<>%#\"':=>,. \nab1\\"), st.sampled_from(["erlang", "elixir"]))
def test_any_text_is_read_or_refused(text: str, language: str) -> None:
    with contextlib.suppress(UnreadableError):
        terms(text, language)


_TERMS = st.recursive(
    st.text(alphabet='ab"\\ %#', max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.lists(inner, max_size=4).map(tuple),
    max_leaves=12,
)


def _written(term: object) -> str:
    if isinstance(term, str):
        return '"' + term.replace("\\", "\\\\").replace('"', '\\"') + '"'
    assert isinstance(term, list | tuple)
    inner = ", ".join(map(_written, term))
    return f"[{inner}]" if isinstance(term, list) else f"{{{inner}}}"


@given(_TERMS)
def test_what_is_written_is_read_back(term: object) -> None:
    assert terms(_written(term), "erlang") == terms(_written(term), "elixir") == [term]
