"""Three answers, by Kleene's tables; and the level at which a condition is asked."""

from collections.abc import Callable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from oakum.decisions.conditions import Ask, Asked, checked, leaves, level_of, ready
from oakum.decisions.criterion import CONTAINER, FINDING, PACKAGE, SUBJECT, Criterion, Nothing
from oakum.flows.kinds import CRITERIA
from oakum.kit.errors import ConfigurationError
from oakum.model.policy import All, Check, Condition, Not, Some
from oakum.model.subject import Subject
from oakum.model.workload import ContainerSpec
from oakum.testing.inventory import installed
from oakum.testing.policies import NOW, image, workload
from oakum.testing.report import finding

ANSWERS = {"yes": True, "no": False, "maybe": None}


def _fixed(answer: bool | None) -> Callable[[Nothing], Callable[[object], bool | None]]:  # noqa: FBT001 - an answer
    return lambda _: lambda _: answer


FIXED = {name: Criterion(name, name, 1, SUBJECT, Nothing, _fixed(answer)) for name, answer in ANSWERS.items()}
TREES: st.SearchStrategy[Condition] = st.recursive(
    st.sampled_from([Check(name) for name in ANSWERS]),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: All(tuple(parts))),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: Some(tuple(parts))),
        inner.map(Not),
    ),
    max_leaves=8,
)


def said(condition: Condition, subject: Subject, criteria: Mapping[str, Criterion]) -> list[bool | None]:
    """What every candidate of the condition's level answers."""

    def make(criterion: Criterion, asked: Struct) -> Ask:
        return criterion.make(asked, NOW) if criterion.timed else criterion.make(asked)

    found = ready(condition, criteria, make).join(Asked(subject))
    held, unknown = set(found.held()), set(found.open())
    assert not held & unknown
    return [True if one in held else None if one in unknown else False for one in range(found.count)]


def kleene(condition: Condition) -> float:
    """False is 0, unknown one half, true 1: ``all`` is the least, ``any`` the greatest, ``not`` what is left."""
    if isinstance(condition, Check):
        return {True: 1.0, False: 0.0, None: 0.5}[ANSWERS[condition.criterion]]
    if isinstance(condition, Not):
        return 1 - kleene(condition.of)
    parts = [kleene(part) for part in condition.of]
    return min(parts) if isinstance(condition, All) else max(parts)


@given(TREES)
def test_a_tree_answers_as_kleene_has_it(condition: Condition) -> None:
    assert said(condition, Subject("build"), FIXED) == [{1.0: True, 0.0: False, 0.5: None}[kleene(condition)]]


@given(TREES)
def test_leaves_are_every_criterion_that_is_named(condition: Condition) -> None:
    named = [leaf.criterion for leaf in leaves(condition)]
    assert named
    assert set(named) <= set(ANSWERS)


LOADED: Mapping[str, Criterion] = {name: CRITERIA.load(name) for name in CRITERIA.ids()}


@pytest.mark.parametrize(
    ("names", "level"),
    [
        (["runs_as_root"], SUBJECT),
        (["runs_as_root", "privileged"], CONTAINER),
        (["privileged", "package"], PACKAGE),
        (["package", "fixable", "privileged"], FINDING),
    ],
)
def test_a_condition_is_asked_about_its_finest_level(names: list[str], level: str) -> None:
    parts = tuple(Check(name, {"name": "*"} if name == "package" else {}) for name in names)
    assert level_of(All(parts), LOADED) == level


def test_criteria_of_one_finding_are_asked_about_the_same_one() -> None:
    """One finding is bad and another has a fix: no finding is both."""
    both = All((Check("severity", {"at_least": "high"}), Check("fixable")))
    bad = finding("CVE-1", installed("deb", "zlib1g", "1"), rating="high")
    mended = finding("CVE-2", installed("deb", "bash", "1"), rating="low", fixed=("2",))
    assert said(both, image(bad, mended), LOADED) == [False, False]


def test_a_package_is_the_findings_own_and_a_container_is_any_of_the_workload() -> None:
    condition = All((Check("fixable"), Check("package", {"name": "zlib*"}), Check("privileged")))
    found = finding("CVE-1", installed("deb", "zlib1g", "1"), fixed=("2",))
    other = finding("CVE-1", installed("deb", "bash", "1"), fixed=("2",))
    pod = workload(ContainerSpec("a", "x", privileged=False), ContainerSpec("b", "x", privileged=True))
    assert said(condition, image(found, other, workload=pod), LOADED) == [True, False]
    assert said(condition, image(found), LOADED) == [None]


def test_a_criterion_that_policies_share_is_asked_once() -> None:
    """By the same words and parameters, at whatever place of whatever tree."""
    asked: list[object] = []

    def counted(_: Nothing) -> Callable[[object], bool | None]:
        def test(candidate: object) -> bool | None:
            asked.append(candidate)
            return True

        return test

    criteria = {**LOADED, "counted": Criterion("counted", "counted", 1, FINDING, Nothing, counted)}
    subject = Asked(image(finding("CVE-1", installed("deb", "zlib1g", "1"))))
    for tree in (Check("counted"), Not(Check("counted")), All((Check("counted"), Check("counted")))):
        ready(tree, criteria, lambda criterion, parameters: criterion.make(parameters)).join(subject)
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("check", "message"),
    [
        (Check("nothing", {}, "x.yaml:3:5"), "x.yaml:3:5: no criterion is named 'nothing'"),
        (Check("severity", {}, "x.yaml:3:5"), "x.yaml:3:5: severity: Object missing required field `at_least`"),
        (Check("severity", {"at_least": "dreadful"}, "x.yaml:3:5"), "x.yaml:3:5: severity: Invalid enum value"),
        (Check("known_for", {"days": "-1"}, "x.yaml:3:5"), "x.yaml:3:5: known_for: Expected `int` >= 0"),
        (Check("fixable", {"x": 1}, "x.yaml:3:5"), "x.yaml:3:5: fixable: Object contains unknown field `x`"),
    ],
)
def test_parameters_are_held_to_their_struct_with_the_place(check: Check, message: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        checked(check, LOADED)
    assert str(caught.value).startswith(message)
