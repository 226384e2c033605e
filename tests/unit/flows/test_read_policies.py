import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oakum.decisions import expressions
from oakum.flows.read_policies import criteria_of, read_policies
from oakum.kit.errors import ConfigurationError
from oakum.model.policy import All, Check, Not, Some

GOOD = """oakum: policy/1
name: severe
title: Nothing severe
severity: high
attack: [T1190, T1059.004]
scope: {images: ["registry.example/**"], labels: {team: web}}
when:
  all:
    - severity: {at_least: high}
    - any: [fixable, exploited]
    - not: {package: {name: "linux-*", type: deb}}
then: {build: deny, run: pause}
"""


def test_a_policy_is_read_whole() -> None:
    (policy,) = read_policies({"p.yaml": GOOD.encode()})
    assert isinstance(policy.when, All)
    first, second, third = policy.when.of
    assert first == Check("severity", {"at_least": "high"}, "p.yaml:9:7")
    assert isinstance(second, Some)
    assert isinstance(third, Not)
    assert policy.then == {"build": "deny", "run": "pause"}
    assert policy.scope.labels == {"team": "web"}
    assert set(criteria_of((policy,))) == {"severity", "fixable", "exploited", "package"}


def test_several_documents_and_files_are_one_set() -> None:
    second = GOOD.replace("name: severe", "name: other")
    found = read_policies(
        {"a.yaml": f"{GOOD}---\n{second}".encode(), "b.yaml": GOOD.replace("severe", "third").encode()}
    )
    assert [policy.name for policy in found] == ["severe", "other", "third"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("title:", "titel:"), "p.yaml:3:1: no field is named 'titel'"),
        (("severity: high", "severity: dreadful"), "p.yaml:4:1: Invalid enum value 'dreadful'"),
        (("severity: {at_least", "sevrity: {at_least"), "p.yaml:9:7: no criterion is named 'sevrity'"),
        (("at_least: high", "at_least: awful"), "p.yaml:9:7: severity: Invalid enum value"),
        (("name: severe", "name: Severe!"), "p.yaml:2:1: Expected `str` matching regex"),
        (("policy/1", "policy/2"), "p.yaml:1:1: Invalid enum value 'policy/2'"),
        (("build: deny", "build: pause"), "p.yaml:12:8: build takes warn, deny, not 'pause'"),
        (("run: pause", "run: deny"), "p.yaml:12:21: run takes warn, observe, pause, kill, not 'deny'"),
        (("{build: deny, run: pause}", "{}"), "p.yaml:12:1: no stage is named"),
        (("any: [fixable, exploited]", "any: []"), "p.yaml:10:7: any takes a list of conditions"),
        (("[fixable, exploited]", "[fixable, 7: 8]"), "p.yaml:"),
        (("T1190", "1190"), "p.yaml:5:10: Expected `str` matching regex"),
        (("registry.example/**", 'x", "y'), None),
        (("images:", "image:"), "p.yaml:6:9: no field is named 'image'"),
        (("oakum:", "- oakum:"), "p.yaml"),
        (("when:", "when: [" * 200 + "x:"), "p.yaml"),
    ],
)
def test_a_mistake_names_its_place(change: tuple[str, str], said: str | None) -> None:
    text = GOOD.replace(*change)
    assert text != GOOD
    if said is None:
        read_policies({"p.yaml": text.encode()})
        return
    with pytest.raises(ConfigurationError) as caught:
        read_policies({"good.yaml": GOOD.replace("severe", "good").encode(), "p.yaml": text.encode()})
    assert str(caught.value).startswith(said)


@pytest.mark.parametrize(
    ("inner", "said"),
    [
        (
            "cel: {expression: 'stages == 1'}",
            "cel: the expression does not compile: 1:1: undeclared reference to 'stages'",
        ),
        ("cel: {expression: stage}", "the expression gives string, not bool"),
        ("cel: {expression: ''}", "cel: Expected `str` of length >= 1"),
        ("cel", "cel: Object missing required field `expression`"),
        ("package_version: {type: deb, name: x, below: '-'}", "package_version: "),
        ("package_version: {type: deb, name: x}", "package_version: below, at_least or both stand there"),
    ],
)
def test_what_a_criterion_has_against_its_parameters_is_said_with_their_place(inner: str, said: str) -> None:
    text = GOOD.replace("severity: {at_least: high}", inner)
    with pytest.raises(ConfigurationError) as caught:
        read_policies({"p.yaml": text.encode()})
    assert str(caught.value).startswith("p.yaml:9:7: ")
    assert said in str(caught.value)


def test_without_the_engine_of_expressions_a_policy_that_needs_it_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cel_expr_python", None)
    expressions._environment.cache_clear()  # noqa: SLF001 - as in a process that asked for none yet
    text = GOOD.replace("severity: {at_least: high}", "cel: {expression: 'true'}")
    with pytest.raises(ConfigurationError, match=r"^p\.yaml:9:7: cel: the engine of CEL is not installed") as caught:
        read_policies({"p.yaml": text.encode()})
    assert caught.value.hint == "pip install 'oakum[cel]'"


def test_two_policies_of_one_name_and_no_policy_are_refused() -> None:
    with pytest.raises(ConfigurationError, match=r"is there already, in a\.yaml:1:1"):
        read_policies({"a.yaml": GOOD.encode(), "b.yaml": GOOD.encode()})
    with pytest.raises(ConfigurationError, match="holds no policy"):
        read_policies({"a.yaml": b"\n---\n"})


@given(st.binary(max_size=200))
def test_garbage_is_refused_by_name(data: bytes) -> None:
    said = ""
    try:
        read_policies({"p.yaml": data})
    except ConfigurationError as error:
        said = str(error)
    assert said.startswith("p.yaml")
