from typing import Any

import pytest

from oakum.decisions.criteria.workload_kind import workload_kind
from oakum.model.subject import Subject
from oakum.testing.policies import deployed, made


@pytest.mark.parametrize(
    ("asked", "candidate", "answer"),
    [
        ({"matches": ["Pod", "Cron*"]}, deployed(kind="CronJob"), True),
        ({"matches": ["Pod"]}, deployed(kind="Job"), False),
        ({"matches": ["**"]}, Subject("deploy"), None),
    ],
)
def test_kinds_are_globs(
    asked: dict[str, Any],
    candidate: Any,  # noqa: ANN401 - of the criterion's level
    answer: bool | None,  # noqa: FBT001 - a column
) -> None:
    assert made(workload_kind, **asked)(candidate) is answer
