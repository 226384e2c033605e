from typing import Any

import pytest
from msgspec.structs import replace

from oakum.decisions.criteria.no_health_check import no_health_check
from oakum.model.subject import Subject
from oakum.testing.policies import configured, deployed, made, spec


@pytest.mark.parametrize(
    ("asked", "candidate", "answer"),
    [
        ({}, configured(), True),
        ({}, configured(health=True), False),
        ({}, replace(configured(), workload=deployed(spec(probes=())).workload), True),
        ({}, replace(configured(health=True), workload=deployed(spec(probes=())).workload), False),
        ({}, deployed(spec(probes=("liveness",)), spec(kind="init", probes=())), False),
        ({}, replace(configured(), workload=deployed(spec()).workload), None),
        ({}, deployed(spec(probes=())), None),
        ({}, Subject("deploy"), None),
    ],
)
def test_a_probe_or_the_images_own_check_is_enough(
    asked: dict[str, Any],
    candidate: Any,  # noqa: ANN401 - of the criterion's level
    answer: bool | None,  # noqa: FBT001 - a column
) -> None:
    assert made(no_health_check, **asked)(candidate) is answer
