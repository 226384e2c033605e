from typing import Any

import pytest

from oakum.decisions.criteria.writable_root import writable_root
from oakum.testing.policies import made, spec


@pytest.mark.parametrize(
    ("asked", "candidate", "answer"),
    [
        ({}, spec(writable_root=True), True),
        ({}, spec(writable_root=False), False),
        ({}, spec(), None),
    ],
)
def test_it_is_what_the_specification_says(
    asked: dict[str, Any],
    candidate: Any,  # noqa: ANN401 - of the criterion's level
    answer: bool | None,  # noqa: FBT001 - a column
) -> None:
    assert made(writable_root, **asked)(candidate) is answer
