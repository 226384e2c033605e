from typing import Any

import pytest
from msgspec.structs import replace

from oakum.decisions.criteria.unscanned import unscanned
from oakum.model.subject import Subject
from oakum.testing.policies import image, made


@pytest.mark.parametrize(
    ("asked", "candidate", "answer"),
    [
        ({}, Subject("deploy"), True),
        ({}, replace(image(), findings=None), True),
        ({}, image(), False),
    ],
)
def test_it_is_never_unknown(
    asked: dict[str, Any],
    candidate: Any,  # noqa: ANN401 - of the criterion's level
    answer: bool | None,  # noqa: FBT001 - a column
) -> None:
    assert made(unscanned, **asked)(candidate) is answer
