from oakum.flows.lint_policies import lint_policies
from oakum.flows.read_policies import read_written

HEAD = "oakum: policy/1\nname: p\ntitle: t\nseverity: low\nrationale: because\nremediation: mend it\n"
TESTS = "tests: [{expect: pass}]\n"


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
