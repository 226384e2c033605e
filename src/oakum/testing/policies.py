"""Builders of policies and subjects: a test names only what it is about."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from msgspec import convert

from oakum.decisions.criterion import Criterion, Test
from oakum.model.artifact import Artifact, ImageConfig, Layer
from oakum.model.finding import Finding
from oakum.model.inventory import Inventory
from oakum.model.policy import Condition, Policy
from oakum.model.subject import Subject
from oakum.model.workload import ContainerSpec, Workload

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
"""When tests judge."""


def made(criterion: Criterion, **asked: Any) -> Any:  # noqa: ANN401 - tests of many levels
    """The test that a criterion makes of these parameters."""
    parameters = convert(asked, criterion.asked, strict=False)
    test: Test = criterion.make(parameters, NOW) if criterion.timed else criterion.make(parameters)
    return test


def policy(name: str, when: Condition, *, unknown: str = "deny", **then: str) -> Policy:
    """A policy that denies a build, unless told."""
    return Policy(
        name, f"title of {name}", "because", "mend it", "high", when, then or {"build": "deny"}, unknown=unknown
    )


def image(*findings: Finding, user: str = "1000", stage: str = "build", **parts: Any) -> Subject:  # noqa: ANN401
    """An image of two layers that holds the packages of its findings."""
    layers = (Layer("sha256:" + "a" * 64, "", "FROM base"), Layer("sha256:" + "b" * 64, "", "RUN install"))
    artifact = Artifact("docker:registry.example/shop:1", "docker_archive", layers=layers, config=ImageConfig(user))
    inventory = Inventory(packages=tuple(dict.fromkeys(finding.installed for finding in findings)))
    stated: Mapping[str, Any] = {"artifact": artifact, "inventory": inventory, "findings": findings, **parts}
    return Subject(stage, **stated)


def workload(*containers: ContainerSpec) -> Workload:
    """A pod of these containers."""
    return Workload("Pod", "shop", "default", containers)


def spec(**fields: Any) -> ContainerSpec:  # noqa: ANN401 - of many kinds
    """A container of which this is known."""
    return ContainerSpec(**{"name": "web", "image": "shop:1", **fields})


def configured(**fields: Any) -> Subject:  # noqa: ANN401 - of many kinds
    """An image whose configuration says this."""
    return Subject("build", artifact=Artifact("docker:shop:1", "docker", config=ImageConfig(**fields)))


def deployed(*containers: ContainerSpec, **fields: Any) -> Subject:  # noqa: ANN401 - of many kinds
    """A workload of these containers, of which this is known, and no image that was read."""
    return Subject("deploy", workload=Workload(**{"kind": "Pod", "name": "shop", "containers": containers, **fields}))
