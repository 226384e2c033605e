"""Say what is likely not meant in policies that can be read."""

from collections.abc import Iterable, Iterator
from typing import Final

from oakum.decisions.conditions import leaves
from oakum.decisions.criterion import CONTAINER
from oakum.flows.kinds import CRITERIA
from oakum.flows.policy_tests import run_policy_tests
from oakum.flows.read_policies import Written
from oakum.model.policy import Check

_OF_WORKLOADS: Final = frozenset({"asked_by", "service_account", "service_account_token", "workload_kind"})
_OF_CHANGES: Final = frozenset({"changed_path", "differs_from_image"})
_WITHOUT_WORKLOAD: Final = ("build", "registry")


def lint_policies(written: Iterable[Written]) -> Iterator[str]:
    """One sentence, with its place, for each thing that is likely not meant.

    Raises:
        ConfigurationError: an example has a mistake, with its place.
    """
    for one in written:
        policy = one.policy
        for field in ("rationale", "remediation"):
            if not getattr(policy, field):
                yield f"{policy.origin}: {policy.name} has no {field}: whoever is refused wants to know"
        if not one.tests:
            yield f"{policy.origin}: {policy.name} has no tests: nothing says that it means what it should"
        for example in run_policy_tests((one,)):
            if not example.passed:
                said = f"{example.test} expects {example.expected}, and it says {example.found}"
                yield f"{example.place}: {policy.name}: {said}"
        for leaf in leaves(policy.when):
            yield from _never(leaf, policy.name, tuple(policy.then))


def _never(leaf: Check, name: str, stages: tuple[str, ...]) -> Iterator[str]:
    """Stages at which what a criterion asks about is never there."""
    of_workload = leaf.criterion in _OF_WORKLOADS or CRITERIA.index()[leaf.criterion]["level"] == CONTAINER
    for stage in stages:
        if of_workload and stage in _WITHOUT_WORKLOAD:
            yield f"{leaf.place}: {name} asks {leaf.criterion} at stage {stage}, where nothing is to run yet"
        if leaf.criterion in _OF_CHANGES and stage != "run":
            yield f"{leaf.place}: {name} asks {leaf.criterion} at stage {stage}, where nothing runs yet"
