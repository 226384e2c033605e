from typing import Any

import pytest

from oakum.decisions.criteria.capabilities_kept import capabilities_kept
from oakum.testing.policies import made, spec


@pytest.mark.parametrize(
    ("asked", "candidate", "answer"),
    [
        ({}, spec(dropped=("NET_RAW",)), True),
        ({}, spec(dropped=("ALL",)), False),
        ({}, spec(privileged=True, dropped=("ALL",)), True),
        ({}, spec(), None),
    ],
)
def test_only_all_drops_all(
    asked: dict[str, Any],
    candidate: Any,  # noqa: ANN401 - of the criterion's level
    answer: bool | None,  # noqa: FBT001 - a column
) -> None:
    assert made(capabilities_kept, **asked)(candidate) is answer
