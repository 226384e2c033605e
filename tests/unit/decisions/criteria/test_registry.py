from typing import Any

import pytest

from oakum.decisions.criteria.registry import registry
from oakum.model.subject import Subject
from oakum.testing.policies import deployed, image, made, spec


@pytest.mark.parametrize(
    ("asked", "candidate", "answer"),
    [
        ({"matches": ["registry.example"]}, image(), True),
        ({"matches": ["registry.example"]}, deployed(spec(image="registry.example/a"), spec(image="nginx")), False),
        ({"matches": ["docker.io"]}, deployed(spec(image="nginx"), spec(image="library/nginx")), True),
        ({"matches": ["localhost:5000"]}, deployed(spec(image="localhost:5000/x")), True),
        ({"matches": ["**"]}, Subject("deploy"), None),
    ],
)
def test_every_name_must_be_of_one_of_them(
    asked: dict[str, Any],
    candidate: Any,  # noqa: ANN401 - of the criterion's level
    answer: bool | None,  # noqa: FBT001 - a column
) -> None:
    assert made(registry, **asked)(candidate) is answer
