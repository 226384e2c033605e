from typing import Any

import pytest
from msgspec.structs import replace

from oakum.decisions.criteria.guessed import guessed
from oakum.testing.inventory import installed
from oakum.testing.policies import made

X = installed("npm", "x", "1")


@pytest.mark.parametrize(
    ("asked", "candidate", "answer"),
    [
        ({}, replace(X, package=replace(X.package, guessed="file name")), True),
        ({}, X, False),
    ],
)
def test_it_is_said_where_the_name_was_taken_from(
    asked: dict[str, Any],
    candidate: Any,  # noqa: ANN401 - of the criterion's level
    answer: bool | None,  # noqa: FBT001 - a column
) -> None:
    assert made(guessed, **asked)(candidate) is answer
