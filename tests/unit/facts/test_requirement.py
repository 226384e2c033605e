import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.requirements import InvalidRequirement, Requirement

from oakum.facts.requirement import normal, requirement


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("six==1.17.0", ("six", "1.17.0")),
        ("six == 1.17.0 ; python_version < '4'", ("six", "1.17.0")),
        ("six[a,b]===1.17.0+local.1", ("six", "1.17.0+local.1")),
        ("six (==1.17.0)", ("six", "1.17.0")),
        ("six>=1,==1.17.0", ("six", "1.17.0")),
        ("six==1.*", ("six", "")),
        ("six~=1.17", ("six", "")),
        ("six", ("six", "")),
        ("a.b-c_d<2", ("a.b-c_d", "")),
        ("six @ https://files.example.com/six-1.17.0-py2.py3-none-any.whl#sha256=a", ("six", "1.17.0")),
        ("six @ git+https://git.example.com/six.git@1.17.0", ("six", "")),
        ("./dist/six-1.17.0-py3-none-any.whl", ("six", "1.17.0")),
        ("git+https://git.example.com/six.git#subdirectory=x&egg=six", ("six", "")),
        ("https://files.example.com/six.zip", None),
        ("two words", None),
        ("", None),
        ("-", None),
        ("[a]", None),
    ],
)
def test_what_a_requirement_names(text: str, expected: tuple[str, str] | None) -> None:
    assert requirement(text) == expected


def test_names_are_compared_as_pep_503_says() -> None:
    assert normal("Foo__Bar.-baz") == "foo-bar-baz"


@given(
    st.from_regex(
        r"[A-Za-z][A-Za-z0-9._-]{0,8}(\[[a-z]{1,3}\])? ?(==|>=|===|~=|<)? ?([0-9]{1,2}(\.[0-9*]){0,3})?", fullmatch=True
    )
)
def test_pins_are_those_that_packaging_sees(text: str) -> None:
    try:
        asked = Requirement(text)
    except InvalidRequirement:
        return
    exact = [one.version for one in asked.specifier if one.operator in {"==", "==="} and "*" not in one.version]
    assert requirement(text) == (asked.name, exact[0] if exact else "")
