from typing import Any

import pytest

from oakum.decisions.criteria.container_kind import container_kind
from oakum.testing.policies import made, spec


@pytest.mark.parametrize(
    ("asked", "candidate", "answer"),
    [
        ({"wanted": "ephemeral"}, spec(kind="ephemeral"), True),
        ({"wanted": "ephemeral"}, spec(), False),
    ],
)
def test_it_is_the_list_that_it_stands_in(
    asked: dict[str, Any],
    candidate: Any,  # noqa: ANN401 - of the criterion's level
    answer: bool | None,  # noqa: FBT001 - a column
) -> None:
    assert made(container_kind, **asked)(candidate) is answer
