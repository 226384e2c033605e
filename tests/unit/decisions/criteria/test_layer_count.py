from typing import Any

import pytest

from oakum.decisions.criteria.layer_count import layer_count
from oakum.model.subject import Subject
from oakum.testing.policies import image, made


@pytest.mark.parametrize(
    ("asked", "candidate", "answer"),
    [
        ({"more_than": 1}, image(), True),
        ({"more_than": 2}, image(), False),
        ({"more_than": 2}, Subject("deploy"), None),
    ],
)
def test_more_is_more_than_as_many(
    asked: dict[str, Any],
    candidate: Any,  # noqa: ANN401 - of the criterion's level
    answer: bool | None,  # noqa: FBT001 - a column
) -> None:
    assert made(layer_count, **asked)(candidate) is answer
