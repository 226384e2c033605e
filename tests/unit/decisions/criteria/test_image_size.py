from typing import Any

import pytest

from oakum.decisions.criteria.image_size import image_size
from oakum.model.artifact import Artifact, Layer
from oakum.model.subject import Subject
from oakum.testing.policies import made


def sized(*sizes: int) -> Subject:
    return Subject("build", artifact=Artifact("x", "docker", layers=tuple(Layer("", size=size) for size in sizes)))


@pytest.mark.parametrize(
    ("asked", "candidate", "answer"),
    [
        ({"more_than": 2}, sized(1_500_000, 600_000), True),
        ({"more_than": 2}, sized(2_000_000), False),
        ({"more_than": 2}, sized(0, 3_000_000), None),
        ({"more_than": 2}, Subject("deploy"), None),
    ],
)
def test_sizes_add_up_and_one_that_is_missing_leaves_it_open(
    asked: dict[str, Any],
    candidate: Any,  # noqa: ANN401 - of the criterion's level
    answer: bool | None,  # noqa: FBT001 - a column
) -> None:
    assert made(image_size, **asked)(candidate) is answer
