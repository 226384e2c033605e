from typing import Any

import pytest
from msgspec.structs import replace

from oakum.decisions.criteria.environment_variable import environment_variable
from oakum.model.subject import Subject
from oakum.testing.policies import configured, deployed, made, spec


@pytest.mark.parametrize(
    ("asked", "candidate", "answer"),
    [
        ({"matches": ["*SECRET*"]}, configured(environment=("PATH", "MY_SECRET")), True),
        ({"matches": ["*SECRET*"]}, configured(environment=("PATH",)), False),
        ({"matches": ["*SECRET*"]}, Subject("deploy"), None),
        ({"matches": ["X"]}, replace(configured(), workload=deployed(spec(environment=("X",))).workload), True),
        ({"matches": ["X"]}, replace(configured(), workload=deployed(spec(environment=("*",))).workload), None),
        ({"matches": ["X"]}, replace(configured(), workload=deployed(spec()).workload), None),
    ],
)
def test_image_and_containers_count_and_what_was_not_seen_is_unknown(
    asked: dict[str, Any],
    candidate: Any,  # noqa: ANN401 - of the criterion's level
    answer: bool | None,  # noqa: FBT001 - a column
) -> None:
    assert made(environment_variable, **asked)(candidate) is answer
