from typing import Any

import pytest

from oakum.decisions.criteria.not_pinned import not_pinned
from oakum.testing.policies import made, spec


@pytest.mark.parametrize(
    ("asked", "candidate", "answer"),
    [
        ({}, spec(image="a/b:1"), True),
        ({}, spec(image="a/b:1@sha256:1"), False),
        ({}, spec(image="sha256:1"), False),
    ],
)
def test_a_digest_or_an_id_pins(
    asked: dict[str, Any],
    candidate: Any,  # noqa: ANN401 - of the criterion's level
    answer: bool | None,  # noqa: FBT001 - a column
) -> None:
    assert made(not_pinned, **asked)(candidate) is answer
