from typing import Any

import pytest

from oakum.decisions.criteria.instruction import instruction
from oakum.model.artifact import Artifact, Layer
from oakum.model.subject import Subject
from oakum.testing.policies import made


def built(*instructions: str) -> Subject:
    return Subject("build", artifact=Artifact("x", "docker", layers=tuple(Layer("", "", one) for one in instructions)))


@pytest.mark.parametrize(
    ("asked", "candidate", "answer"),
    [
        ({"matches": ["ADD http**"]}, built("FROM x", "ADD   http://x /y"), True),
        ({"matches": ["ADD http**"]}, built("FROM x", "ADD y /y"), False),
        ({"matches": ["ADD http**"]}, built("FROM x", ""), None),
        ({"matches": ["ADD http**"]}, built("", "ADD http://x /y"), True),
        ({"matches": ["**"]}, Subject("deploy"), None),
    ],
)
def test_white_space_is_joined_and_a_layer_without_history_leaves_it_open(
    asked: dict[str, Any],
    candidate: Any,  # noqa: ANN401 - of the criterion's level
    answer: bool | None,  # noqa: FBT001 - a column
) -> None:
    assert made(instruction, **asked)(candidate) is answer
