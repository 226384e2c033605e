import pytest

from oakum.flows.policy_tests import ExampleResult, run_policy_tests
from oakum.flows.read_policies import read_written
from oakum.kit.errors import ConfigurationError

POLICY = """\
oakum: policy/1
name: severe
title: nothing severe
severity: high
unknown: allow
scope: {images: ["registry.example/**"]}
when: {severity: {at_least: high}}
then: {deploy: warn, build: deny}
tests:
"""


def results(*tests: str) -> list[ExampleResult]:
    text = POLICY + "".join(f"  - {test}\n" for test in tests)
    return list(run_policy_tests(read_written({"p.yaml": text.encode()})))


def test_what_the_policy_says_is_held_to_what_its_author_wrote() -> None:
    bad = "subject: {image: {}, findings: [{severity: high}]}"
    found = results(f"{{expect: breach, {bad}}}", f"{{expect: pass, name: never, {bad}}}")
    assert [(one.test, one.found, one.passed) for one in found] == [
        ("test 1", "breach", True),
        ("never", "breach", False),
    ]
    assert found[1].place == "p.yaml:11:5"


def test_unknown_is_told_whatever_the_policy_does_about_it() -> None:
    found = results("{expect: unknown, subject: {image: {}, findings: [{severity: unscored}]}}")
    assert found[0].passed


def test_an_expression_that_cannot_be_computed_is_unknown_and_says_why() -> None:
    """A mistake in an expression never passes for the breach that its author expected."""
    text = POLICY.replace("when:", "when: {cel: {expression: 'workload.name == stage'}}\nscope_:", 1)
    lines = [line for line in text.splitlines() if not line.startswith("scope_")]
    data = "\n".join([*lines, "  - {expect: breach, subject: {image: {}}}", ""])
    (found,) = run_policy_tests(read_written({"p.yaml": data.encode()}))
    assert (found.found, found.passed) == ("unknown", False)
    assert found.why.startswith("could not be computed: ")
    assert found.why.endswith("(not collected: workload)")


def test_scope_and_stage_count() -> None:
    other = "subject: {image: {reference: 'registry:other.example/x:1'}, findings: [{severity: high}]}"
    run = "stage: run, subject: {image: {}, findings: [{severity: high}]}"
    assert [one.found for one in results(f"{{expect: pass, {other}}}", f"{{expect: pass, {run}}}")] == ["pass", "pass"]


@pytest.mark.parametrize(
    ("test", "said"),
    [
        ("{expect: maybe}", r"^p\.yaml:10:5: Invalid enum value 'maybe'"),
        ("{expect: pass, subject: {findigs: []}}", r"^p\.yaml:10:5: Object contains unknown field `findigs`"),
        ("{expect: pass, subject: {packages: [{purl: zlib}]}}", r"^p\.yaml:10:5: 'zlib' is no purl"),
        ("{expect: pass, today: monday}", r"^p\.yaml:10:5: today is a day"),
        ("{expect: pass, subject: {containers: [{name: a, image: b, privilegd: true}]}}", "unknown field `privilegd`"),
    ],
)
def test_a_mistake_in_an_example_is_said_with_its_place(test: str, said: str) -> None:
    with pytest.raises(ConfigurationError, match=said):
        results(test)
