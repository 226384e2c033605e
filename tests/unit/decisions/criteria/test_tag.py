from typing import Any

import pytest

from oakum.decisions.criteria.tag import tag
from oakum.model.subject import Subject
from oakum.testing.policies import deployed, made, spec


@pytest.mark.parametrize(
    ("asked", "candidate", "answer"),
    [
        ({"matches": ["latest"]}, deployed(spec(image="a/b")), True),
        ({"matches": ["latest"]}, deployed(spec(image="a/b:1")), False),
        ({"matches": ["**"]}, deployed(spec(image="a/b@sha256:1")), False),
        ({"matches": ["1"]}, deployed(spec(image="localhost:5000/b:1@sha256:2")), True),
        ({"matches": ["**"]}, Subject("deploy"), None),
    ],
)
def test_no_tag_is_latest_and_a_digest_alone_has_none(
    asked: dict[str, Any],
    candidate: Any,  # noqa: ANN401 - of the criterion's level
    answer: bool | None,  # noqa: FBT001 - a column
) -> None:
    assert made(tag, **asked)(candidate) is answer
