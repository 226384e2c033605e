from typing import Any

import pytest

from oakum.decisions.criteria.asked_by import asked_by
from oakum.model.subject import Subject
from oakum.testing.policies import deployed, made


@pytest.mark.parametrize(
    ("asked", "candidate", "answer"),
    [
        (
            {"matches": ["kubernetes:system:**"]},
            deployed(asked_by="kubernetes:system:node:x"),
            True,
        ),
        ({"matches": ["tls:*"]}, deployed(asked_by="kubernetes:alice"), False),
        ({"matches": ["**"]}, deployed(), None),
        ({"matches": ["**"]}, Subject("deploy"), None),
    ],
)
def test_nobody_known_is_unknown(
    asked: dict[str, Any],
    candidate: Any,  # noqa: ANN401 - of the criterion's level
    answer: bool | None,  # noqa: FBT001 - a column
) -> None:
    assert made(asked_by, **asked)(candidate) is answer
