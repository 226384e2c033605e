from oakum.flows.answer_drift import DriftRules, host_policies
from oakum.flows.read_policies import read_policies
from oakum.model.subject import Placement


def test_a_host_judges_by_what_it_can_know_alone() -> None:
    """A policy about vulnerabilities would be unknown on every host, which says nothing of what happened there."""
    text = "---\n".join(
        f"oakum: policy/1\nname: {name}\ntitle: t\nseverity: low\nwhen: {when}\nthen: {{{then}}}\n"
        for name, when, then in (
            ("drift", "differs_from_image", "run: observe"),
            ("severe", "{all: [differs_from_image, {severity: {at_least: high}}]}", "run: kill"),
            ("build", "runs_as_root", "build: deny"),
        )
    )
    policies = read_policies({"policies": text.encode()})
    assert [one.name for one in host_policies(policies)] == ["drift"]
    assert not DriftRules(text, Placement()).kills
