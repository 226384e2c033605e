from typing import Any

import pytest

from oakum.decisions.criteria.volume_declared import volume_declared
from oakum.model.subject import Subject
from oakum.testing.policies import configured, made


@pytest.mark.parametrize(
    ("asked", "candidate", "answer"),
    [
        ({"matches": ["/var/**"]}, configured(volumes=("/var/lib/x",)), True),
        ({"matches": ["/var/**"]}, configured(volumes=("/data",)), False),
        ({"matches": ["**"]}, Subject("deploy"), None),
    ],
)
def test_a_declared_path_counts(
    asked: dict[str, Any],
    candidate: Any,  # noqa: ANN401 - of the criterion's level
    answer: bool | None,  # noqa: FBT001 - a column
) -> None:
    assert made(volume_declared, **asked)(candidate) is answer
