from typing import Any

import pytest

from oakum.decisions.criteria.changed_path import changed_path
from oakum.model.subject import Change, Subject
from oakum.testing.policies import made


@pytest.mark.parametrize(
    ("asked", "candidate", "answer"),
    [
        ({"matches": ["/etc/passwd"]}, Subject("run", changes=(Change("etc/passwd", "changed"),)), True),
        ({"matches": ["etc/*"]}, Subject("run", changes=(Change("/etc/a/b", "new"),)), False),
        ({"matches": ["**"]}, Subject("run", changes=()), False),
        ({"matches": ["**"]}, Subject("deploy"), None),
    ],
)
def test_a_leading_slash_means_nothing(
    asked: dict[str, Any],
    candidate: Any,  # noqa: ANN401 - of the criterion's level
    answer: bool | None,  # noqa: FBT001 - a column
) -> None:
    assert made(changed_path, **asked)(candidate) is answer
