from typing import Any

import pytest

from oakum.decisions.criteria.coverage_gap import coverage_gap
from oakum.model.fact import Gap
from oakum.model.subject import Subject
from oakum.testing.policies import image, made


@pytest.mark.parametrize(
    ("asked", "candidate", "answer"),
    [
        ({"any_of": ["end-of-life"]}, image(gaps=(Gap("end-of-life", "x"),)), True),
        ({"any_of": ["end-of-life"]}, image(gaps=(Gap("limit", "x"),)), False),
        ({"any_of": ["end-of-life"]}, Subject("deploy"), None),
    ],
)
def test_a_gap_of_the_kind_counts_and_what_nobody_read_is_unknown(
    asked: dict[str, Any],
    candidate: Any,  # noqa: ANN401 - of the criterion's level
    answer: bool | None,  # noqa: FBT001 - a column
) -> None:
    assert made(coverage_gap, **asked)(candidate) is answer
