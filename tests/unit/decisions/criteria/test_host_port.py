from typing import Any

import pytest

from oakum.decisions.criteria.host_port import host_port
from oakum.testing.policies import made, spec


@pytest.mark.parametrize(
    ("asked", "candidate", "answer"),
    [
        ({"first": 1, "last": 1023}, spec(host_ports=(8080, 1023)), True),
        ({"first": 1, "last": 1023}, spec(host_ports=(1024,)), False),
        ({"first": 1, "last": 1023}, spec(), None),
    ],
)
def test_both_ends_count(
    asked: dict[str, Any],
    candidate: Any,  # noqa: ANN401 - of the criterion's level
    answer: bool | None,  # noqa: FBT001 - a column
) -> None:
    assert made(host_port, **asked)(candidate) is answer
