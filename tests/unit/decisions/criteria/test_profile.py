from typing import Any

import pytest

from oakum.decisions.criteria.profile import profile
from oakum.testing.policies import made, spec


@pytest.mark.parametrize(
    ("asked", "candidate", "answer"),
    [
        ({"kind": "seccomp", "matches": ["unconfined"]}, spec(profiles={"seccomp": "unconfined"}), True),
        ({"kind": "seccomp", "matches": ["unconfined"]}, spec(profiles={"apparmor": "unconfined"}), False),
        ({"kind": "seccomp", "matches": ["**"]}, spec(profiles={}), False),
        ({"kind": "seccomp", "matches": "nothing"}, spec(profiles={}), True),
        ({"kind": "seccomp", "matches": "nothing"}, spec(profiles={"seccomp": "x"}), False),
        ({"kind": "seccomp", "matches": "nothing"}, spec(), None),
    ],
)
def test_nothing_is_asked_for_is_a_question_of_its_own(
    asked: dict[str, Any],
    candidate: Any,  # noqa: ANN401 - of the criterion's level
    answer: bool | None,  # noqa: FBT001 - a column
) -> None:
    assert made(profile, **asked)(candidate) is answer
