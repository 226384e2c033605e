from typing import Any

import pytest

from oakum.decisions.criteria.service_account import service_account
from oakum.model.subject import Subject
from oakum.testing.policies import deployed, made


@pytest.mark.parametrize(
    ("asked", "candidate", "answer"),
    [
        ({"matches": ["default"]}, deployed(), True),
        ({"matches": ["default"]}, deployed(account="web"), False),
        ({"matches": ["default"]}, deployed(kind="docker"), None),
        ({"matches": ["default"]}, Subject("deploy"), None),
    ],
)
def test_no_name_is_default_and_docker_has_none(
    asked: dict[str, Any],
    candidate: Any,  # noqa: ANN401 - of the criterion's level
    answer: bool | None,  # noqa: FBT001 - a column
) -> None:
    assert made(service_account, **asked)(candidate) is answer
