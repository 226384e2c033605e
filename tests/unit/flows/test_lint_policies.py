import pytest

from oakum.flows.lint_policies import lint_policies
from oakum.flows.read_policies import read_written
from oakum.kit.errors import ConfigurationError

HEAD = "oakum: policy/1\nname: p\ntitle: t\nseverity: low\nrationale: because\nremediation: mend it\n"
TESTS = "tests: [{expect: unknown}]\n"


def said(text: str) -> list[str]:
    return list(lint_policies(read_written({"p.yaml": text.encode()})))


def test_a_criterion_of_a_workload_says_nothing_of_a_build() -> None:
    (line,) = said(HEAD + "when: {any: [privileged, fixable]}\nthen: {build: deny, deploy: deny}\n" + TESTS)
    assert line == "p.yaml:7:14: p asks privileged at stage build, where nothing is to run yet"
    assert len(said(HEAD + "when: service_account_token\nthen: {build: deny, registry: warn}\n" + TESTS)) == 2


def test_changes_are_there_in_what_runs_alone() -> None:
    (line,) = said(HEAD + "when: differs_from_image\nthen: {run: observe, deploy: deny}\n" + TESTS)
    assert "at stage deploy" in line


def test_reasons_and_tests_are_missed() -> None:
    bare = "oakum: policy/1\nname: p\ntitle: t\nseverity: low\nwhen: fixable\nthen: {build: deny}\n"
    assert [line.split(" has no ")[1].split(":")[0] for line in said(bare)] == ["rationale", "remediation", "tests"]


def test_an_example_that_does_not_hold_is_told_and_one_that_cannot_be_read_is_a_mistake() -> None:
    policy = HEAD + "when: fixable\nthen: {build: deny}\ntests:\n  - expect: pass\n    "
    assert said(policy + "subject: {findings: []}\n") == []
    (line,) = said(policy + "name: mended\n    subject: {findings: [{fixed: ['2']}]}\n")
    assert line == "p.yaml:10:5: p: mended expects pass, and it says breach"
    with pytest.raises(ConfigurationError, match=r"p.yaml:10:5: .*`findngs`"):
        said(policy + "subject: {findngs: []}\n")
