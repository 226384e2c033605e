from typing import Any

import pytest

from oakum.decisions.criteria.image_age import image_age
from oakum.model.subject import Subject
from oakum.testing.policies import configured, made


@pytest.mark.parametrize(
    ("asked", "candidate", "answer"),
    [
        ({"days": 30}, configured(created="2026-10-26T00:00:00Z"), True),
        ({"days": 30}, configured(created="2026-10-27T00:00:00Z"), False),
        ({"days": 30}, configured(created="1970-01-01T00:00:00Z"), None),
        ({"days": 30}, configured(created="2031-01-01T00:00:00Z"), None),
        ({"days": 30}, configured(), None),
        ({"days": 30}, Subject("deploy"), None),
    ],
)
def test_what_the_image_says_counts_and_no_day_or_an_impossible_one_is_unknown(
    asked: dict[str, Any],
    candidate: Any,  # noqa: ANN401 - of the criterion's level
    answer: bool | None,  # noqa: FBT001 - a column
) -> None:
    assert made(image_age, **asked)(candidate) is answer
