from typing import Any

import pytest

from oakum.decisions.criteria.host_namespace import host_namespace
from oakum.testing.policies import made, spec


@pytest.mark.parametrize(
    ("asked", "candidate", "answer"),
    [
        ({"any_of": ["pid", "ipc"]}, spec(host=("network", "ipc")), True),
        ({"any_of": ["pid"]}, spec(host=("network",)), False),
        ({"any_of": ["pid"]}, spec(), None),
    ],
)
def test_one_of_them_is_enough(
    asked: dict[str, Any],
    candidate: Any,  # noqa: ANN401 - of the criterion's level
    answer: bool | None,  # noqa: FBT001 - a column
) -> None:
    assert made(host_namespace, **asked)(candidate) is answer
