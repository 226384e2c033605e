from typing import Any

import pytest
from msgspec.structs import replace

from oakum.decisions.criteria.package_scope import package_scope
from oakum.testing.inventory import installed
from oakum.testing.policies import made

X = installed("npm", "x", "1")


@pytest.mark.parametrize(
    ("asked", "candidate", "answer"),
    [
        ({"wanted": "dev"}, replace(X, package=replace(X.package, scope="dev")), True),
        ({"wanted": "dev"}, replace(X, package=replace(X.package, scope="optional")), False),
        ({"wanted": "dev"}, X, False),
    ],
)
def test_the_scope_is_the_declared_one(
    asked: dict[str, Any],
    candidate: Any,  # noqa: ANN401 - of the criterion's level
    answer: bool | None,  # noqa: FBT001 - a column
) -> None:
    assert made(package_scope, **asked)(candidate) is answer
