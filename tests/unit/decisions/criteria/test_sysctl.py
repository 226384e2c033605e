from typing import Any

import pytest

from oakum.decisions.criteria.sysctl import sysctl
from oakum.testing.policies import made, spec


@pytest.mark.parametrize(
    ("asked", "candidate", "answer"),
    [
        ({"matches": ["kernel.*"]}, spec(sysctls=("kernel.msgmax",)), True),
        ({"matches": ["kernel.*"]}, spec(sysctls=("net.core.somaxconn",)), False),
        ({"matches": ["**"]}, spec(), None),
    ],
)
def test_names_are_globs(
    asked: dict[str, Any],
    candidate: Any,  # noqa: ANN401 - of the criterion's level
    answer: bool | None,  # noqa: FBT001 - a column
) -> None:
    assert made(sysctl, **asked)(candidate) is answer
