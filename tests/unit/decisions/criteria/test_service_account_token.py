from typing import Any

import pytest

from oakum.decisions.criteria.service_account_token import service_account_token
from oakum.model.subject import Subject
from oakum.testing.policies import deployed, made


@pytest.mark.parametrize(
    ("asked", "candidate", "answer"),
    [
        ({}, deployed(token=True), True),
        ({}, deployed(token=False), False),
        ({}, deployed(), None),
        ({}, Subject("deploy"), None),
    ],
)
def test_it_is_what_the_specification_says(
    asked: dict[str, Any],
    candidate: Any,  # noqa: ANN401 - of the criterion's level
    answer: bool | None,  # noqa: FBT001 - a column
) -> None:
    assert made(service_account_token, **asked)(candidate) is answer
