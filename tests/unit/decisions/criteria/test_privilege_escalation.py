from typing import Any

import pytest

from oakum.decisions.criteria.privilege_escalation import privilege_escalation
from oakum.testing.policies import made, spec


@pytest.mark.parametrize(
    ("asked", "candidate", "answer"),
    [
        ({}, spec(escalation=True), True),
        ({}, spec(escalation=False), False),
        ({}, spec(), None),
    ],
)
def test_it_is_what_the_specification_says(
    asked: dict[str, Any],
    candidate: Any,  # noqa: ANN401 - of the criterion's level
    answer: bool | None,  # noqa: FBT001 - a column
) -> None:
    assert made(privilege_escalation, **asked)(candidate) is answer
