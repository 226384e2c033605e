"""A criterion that could not be computed: what rests on it does not pass, whatever a policy says of the unknown."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from oakum.decisions.answers import Failed, Said
from oakum.decisions.conditions import Asked, ready
from oakum.decisions.criterion import SUBJECT, Criterion, Nothing
from oakum.decisions.policies import judge
from oakum.decisions.rules import Rules
from oakum.flows.kinds import CRITERIA
from oakum.model.judgement import Judgement
from oakum.model.policy import All, Check, Condition, Not, Policy, Some
from oakum.model.subject import Subject
from oakum.testing.inventory import installed
from oakum.testing.policies import NOW, image, policy
from oakum.testing.report import finding

SAID: dict[str, Said] = {"yes": True, "no": False, "maybe": None, "fails": Failed("no key"), "breaks": Failed("no end")}


def _fixed(answer: Said) -> Callable[[Nothing], Callable[[object], Said]]:
    return lambda _: lambda _: answer


FIXED = {name: Criterion(name, name, 1, SUBJECT, Nothing, _fixed(answer)) for name, answer in SAID.items()}
LOADED = {name: CRITERIA.load(name) for name in CRITERIA.ids()} | FIXED
FAILS = Check("fails")
MENDED = finding("CVE-1", installed("deb", "zlib1g", "1", layer=1), rating="high", fixed=("2",))
HIGH = Check("severity", {"at_least": "high"})
TREES: st.SearchStrategy[Condition] = st.recursive(
    st.sampled_from([Check(name) for name in SAID]),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=4).map(lambda parts: All(tuple(parts))),
        st.lists(inner, min_size=1, max_size=4).map(lambda parts: Some(tuple(parts))),
        inner.map(Not),
    ),
    max_leaves=10,
)


def judged(subject: Subject, *policies: Policy) -> Judgement:
    return judge(subject, Rules(policies, LOADED), NOW)


def by_hand(condition: Condition) -> tuple[bool | None, bool]:
    """What a tree says, and whether that is open because something failed."""
    if isinstance(condition, Check):
        said = SAID[condition.criterion]
        return (None, True) if isinstance(said, Failed) else (said, False)
    if isinstance(condition, Not):
        said, failed = by_hand(condition.of)
        return None if said is None else not said, failed
    parts = [by_hand(part) for part in condition.of]
    settles = not isinstance(condition, All)
    if settles in [said for said, _ in parts]:
        return settles, False
    open_ = any(said is None for said, _ in parts)
    return None if open_ else not settles, any(failed for _, failed in parts)


@given(TREES)
def test_a_failure_counts_where_nothing_else_settles_the_answer(condition: Condition) -> None:
    said = ready(condition, FIXED, lambda criterion, asked: criterion.make(asked)).join(Asked(Subject("build")))
    answer, failed = by_hand(condition)
    assert (said.yes, said.no, said.failed) == (answer is True, answer is False, failed)
    assert bool(said.why) is failed


@given(TREES, st.sampled_from(["allow", "warn", "deny"]))
def test_no_policy_lets_pass_what_failed(condition: Condition, unknown: str) -> None:
    answer, failed = by_hand(condition)
    found = judged(image(), policy("p", condition, unknown=unknown))
    assert (found.outcome == "deny") is (answer is True or failed)


@pytest.mark.parametrize("condition", [FAILS, Not(FAILS), All((Check("yes"), FAILS)), Some((Check("maybe"), FAILS))])
def test_the_reason_stands_in_the_judgement(condition: Condition) -> None:
    found = judged(image(), policy("p", condition, unknown="allow"))
    (breach,) = found.breaches
    assert (found.outcome, found.exit_code) == ("deny", 1)
    assert (breach.action, breach.word, breach.unknown, breach.failed) == ("deny", "deny", True, True)
    assert [proof.what for proof in breach.proofs] == ["could not be computed: no key"]
    assert found.flip is not None
    assert found.flip.open == ("p: could not be computed: no key",)


def test_a_policy_that_warns_warns() -> None:
    assert judged(image(), policy("p", FAILS, build="warn")).outcome == "warn"


def test_what_is_known_to_be_bad_is_said_rather_than_what_failed() -> None:
    other = finding("CVE-2", installed("deb", "bash", "1"), rating="low")
    (breach,) = judged(image(MENDED, other), policy("p", Some((HIGH, FAILS)))).breaches
    assert (breach.unknown, [proof.finding for proof in breach.proofs]) == (False, ["CVE-1"])


def test_a_failure_shows_where_the_candidates_were_not_collected() -> None:
    unscanned = replace(image(), findings=None)
    assert judged(unscanned, policy("p", Some((HIGH, FAILS)), unknown="allow")).outcome == "deny"
    assert judged(unscanned, policy("p", All((HIGH, Check("no"), FAILS)), unknown="allow")).outcome == "allow"
    assert judged(unscanned, policy("p", HIGH, unknown="allow")).outcome == "allow"


def test_no_upgrade_is_offered_for_what_may_rest_on_several_packages() -> None:
    """Which of them it is cannot be seen; what another policy refuses is offered all the same."""
    few = Check("cel", {"expression": "findings.size() > 1"})
    second = finding("CVE-2", installed("deb", "bash", "1"), rating="low", fixed=("2",))
    found = judged(image(MENDED, second), policy("few", All((Check("fixable"), few))), policy("severe", HIGH))
    assert found.flip is not None
    assert [one.package for one in found.flip.upgrades] == ["zlib1g"]
    assert found.flip.open == ("few: CVE-1 (high) in zlib1g 1", "few: CVE-2 (low) in bash 1")
