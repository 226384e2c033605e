from typing import Any

import pytest
from msgspec.structs import replace

from oakum.decisions.criteria.unlicensed import unlicensed
from oakum.model.inventory import Installed
from oakum.testing.inventory import installed
from oakum.testing.policies import made

X = installed("pypi", "x", "1")


def licensed(*said: str) -> Installed:
    return replace(X, package=replace(X.package, licenses=said))


@pytest.mark.parametrize(
    ("asked", "candidate", "answer"),
    [
        ({}, licensed(), True),
        ({}, licensed(" "), True),
        ({}, licensed("whatever"), False),
    ],
)
def test_blanks_are_no_licence(
    asked: dict[str, Any],
    candidate: Any,  # noqa: ANN401 - of the criterion's level
    answer: bool | None,  # noqa: FBT001 - a column
) -> None:
    assert made(unlicensed, **asked)(candidate) is answer
