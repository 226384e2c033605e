from typing import Any

import pytest

from oakum.decisions.criteria.unlimited import unlimited
from oakum.testing.policies import made, spec


@pytest.mark.parametrize(
    ("asked", "candidate", "answer"),
    [
        ({"resource": "memory"}, spec(limits=("cpu",)), True),
        ({"resource": "memory"}, spec(limits=("memory",)), False),
        ({"resource": "memory"}, spec(), None),
    ],
)
def test_each_resource_by_itself(
    asked: dict[str, Any],
    candidate: Any,  # noqa: ANN401 - of the criterion's level
    answer: bool | None,  # noqa: FBT001 - a column
) -> None:
    assert made(unlimited, **asked)(candidate) is answer
