import pytest
from hypothesis import given
from hypothesis import strategies as st

from oakum.decisions.criteria.cel import cel
from oakum.decisions.expression_bounds import refuse_growth
from oakum.kit.errors import ConfigurationError
from oakum.testing.policies import made

PLAIN = st.text("a+[{ /", max_size=6)
TEXTS = st.one_of(
    PLAIN.map("'{}'".format),
    PLAIN.map('"{}"'.format),
    PLAIN.map("r'{}\\d'".format),
    PLAIN.map("bR'''{}'\n'''".format),
    PLAIN.map('"""{}"\\""""'.format),
    PLAIN.map("b'{}\\''".format),
    PLAIN.map('r"""{}\\d"""'.format),
)
"""Texts as the language writes them, with words in them that nothing may take for its own."""


def written(parts: list[str]) -> str:
    return " && ".join(f"{part} == {part}" for part in parts)


@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_what_stands_in_texts_and_comments_says_nothing(parts: list[str]) -> None:
    text = f"// + [stage].map(\n{written(parts)}"
    refuse_growth(text)
    made(cel, expression=text)  # which the engine takes as well


@given(st.lists(TEXTS, min_size=1, max_size=4), st.lists(TEXTS, min_size=1, max_size=4))
def test_what_stands_between_them_is_found(before: list[str], after: list[str]) -> None:
    for wrong in ("1 + 1 == 2", "[stage].size() == 1", "findings.map(a, a) == findings", "stage in [stage]"):
        with pytest.raises(ConfigurationError):
            refuse_growth(f"{written(before)} && {wrong} && {written(after)}")


@pytest.mark.parametrize(
    "text",
    [
        "stage in ['build', 'deploy'] && findings[findings.size() - 1].id in ['a']",
        "[1, -2, 3.5e+2, 0x1F, true, null].exists(a, a == 1)",
        "{'a': [1, 2], 'b': {}}['a'][0] == 1",
        "findings.filter(map, map.id == 'x').size() > 1",
        "placement.labels['a' == 'b' ? 'x' : stage] == 'y'",
        "(findings)[0].aliases[0] == stage",
    ],
)
def test_what_makes_nothing_grow_is_let_through(text: str) -> None:
    refuse_growth(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1 +\n 1 == 2", "1:3: + is left out"),
        ("true &&\n  findings.map(a, a.id)[0] == 'x'", "2:12: map is left out"),
        ("findings.map (a, a).size() == 1", "1:10: map is left out"),
        ("[[1], [stage]].size() == 1", "1:8: a list or map that is written out holds constants alone"),
        ("findings.all(f, [f, f].size() == 2)", "1:18: a list or map"),
        ("{'a': f}.size() == 1", "1:7: a list or map"),
        ("true ? [findings][0].size() > 1 : false", "1:9: a list or map"),
        ("stage in [stage]", "1:11: a list or map"),
        ("[(1)].size() == 1", "1:2: a list or map"),
        ("stage == 'a", "1:10: a text has no end"),
    ],
)
def test_what_could_is_refused_with_its_place(text: str, said: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        refuse_growth(text)
    assert str(caught.value).startswith(f"the expression does not compile: {said}")


@given(st.text("ab'\"\\r[]{}()+/.,:\n in1", max_size=40))
def test_no_text_does_anything_else(text: str) -> None:
    try:
        refuse_growth(text)
    except ConfigurationError as error:
        assert str(error).startswith("the expression does not compile: ")  # noqa: PT017 - either way is well
