"""The policies that come along: each with its reasons and its examples, and every criterion at work in one of them."""

import re

import pytest

from oakum.apps.policy_files import builtin_names, policy_files
from oakum.decisions.conditions import leaves
from oakum.flows.kinds import CRITERIA
from oakum.flows.policy_tests import run_policy_tests
from oakum.flows.read_policies import Written, read_written

WRITTEN = {one.policy.name: one for one in read_written(policy_files(builtin_names()))}


@pytest.mark.parametrize("name", builtin_names())
def test_a_policy_says_why_and_what_to_do_and_holds_to_its_examples(name: str) -> None:
    one = WRITTEN[name]
    assert len(one.policy.rationale) > 30
    assert len(one.policy.remediation) > 20
    assert {test["expect"] for test in one.tests} >= {"breach", "pass"}
    assert [result for result in run_policy_tests([one]) if not result.passed] == []


def test_there_are_enough_and_the_first_set_refuses_little() -> None:
    starter = [one for one in WRITTEN.values() if "starter" in one.sets]
    assert len(WRITTEN) >= 40
    assert 15 <= len(starter) <= 30
    assert len([one for one in starter if "deny" in one.policy.then.values()]) <= 10
    strict = {name for name, one in WRITTEN.items() if "strict" in one.sets}
    assert {one.policy.name for one in starter} - strict == {"severe-and-fixable"}  # medium-and-fixable says more


def stories() -> tuple[Written, ...]:
    """The policies of the pages on how to write them."""
    files = {}
    for page in ("docs/how-to/policies.md", "docs/reference/cel.md"):
        with open(page, encoding="utf-8") as file:
            (text,) = re.findall(r"```yaml\n(.*?)```", file.read(), re.DOTALL)
        files[page] = text.encode()
    return read_written(files)


def test_the_policies_of_the_page_hold_to_their_examples() -> None:
    assert [result for result in run_policy_tests(stories()) if not result.passed] == []


def test_every_criterion_is_used_by_a_policy_or_by_a_story_of_the_page() -> None:
    used = {leaf.criterion for one in (*WRITTEN.values(), *stories()) for leaf in leaves(one.policy.when)}
    assert set(CRITERIA.ids()) - used == set()
