from typing import Any

import pytest

from oakum.decisions.criteria.data_age import data_age
from oakum.model.subject import Subject
from oakum.testing.policies import made


@pytest.mark.parametrize(
    ("asked", "candidate", "answer"),
    [
        ({"days": 7}, Subject("build", data="2026-11-18"), True),
        ({"days": 7}, Subject("build", data="2026-11-19"), False),
        ({"days": 7}, Subject("deploy"), None),
    ],
)
def test_days_are_counted_and_no_day_is_unknown(
    asked: dict[str, Any],
    candidate: Any,  # noqa: ANN401 - of the criterion's level
    answer: bool | None,  # noqa: FBT001 - a column
) -> None:
    assert made(data_age, **asked)(candidate) is answer
