from typing import Any

import pytest

from oakum.decisions.criteria.entrypoint import entrypoint
from oakum.model.subject import Subject
from oakum.testing.policies import configured, made


@pytest.mark.parametrize(
    ("asked", "candidate", "answer"),
    [
        ({"matches": ["**/sshd -D"]}, configured(entrypoint=("/usr/sbin/sshd",), command=("-D",)), True),
        ({"matches": ["**sshd**"]}, configured(command=("/app",)), False),
        ({"matches": ["**"]}, Subject("deploy"), None),
    ],
)
def test_words_are_joined_by_blanks(
    asked: dict[str, Any],
    candidate: Any,  # noqa: ANN401 - of the criterion's level
    answer: bool | None,  # noqa: FBT001 - a column
) -> None:
    assert made(entrypoint, **asked)(candidate) is answer
