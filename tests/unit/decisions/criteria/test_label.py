from typing import Any

import pytest

from oakum.decisions.criteria.label import label
from oakum.model.subject import Subject
from oakum.testing.policies import configured, made


@pytest.mark.parametrize(
    ("asked", "candidate", "answer"),
    [
        ({"name": "owner"}, configured(labels={"owner": "x"}), True),
        ({"name": "owner", "matches": ["team-*"]}, configured(labels={"owner": "x"}), False),
        ({"name": "owner", "matches": ["team-*"]}, configured(labels={"owner": "team-x"}), True),
        ({"name": "owner"}, configured(), False),
        ({"name": "owner"}, Subject("deploy"), None),
    ],
)
def test_a_name_alone_or_with_its_value(
    asked: dict[str, Any],
    candidate: Any,  # noqa: ANN401 - of the criterion's level
    answer: bool | None,  # noqa: FBT001 - a column
) -> None:
    assert made(label, **asked)(candidate) is answer
