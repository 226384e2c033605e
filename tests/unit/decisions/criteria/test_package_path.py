from typing import Any

import pytest
from msgspec.structs import replace

from oakum.decisions.criteria.package_path import package_path
from oakum.testing.inventory import installed
from oakum.testing.policies import made

X = installed("npm", "x", "1")


@pytest.mark.parametrize(
    ("asked", "candidate", "answer"),
    [
        ({"matches": ["/srv/**"]}, replace(X, paths=("srv/x", "tmp/a/x")), True),
        ({"matches": ["tmp/*"]}, replace(X, paths=("tmp/a/x",)), False),
        ({"matches": ["app/**"]}, replace(X, paths=()), True),
    ],
)
def test_every_file_that_says_so_counts(
    asked: dict[str, Any],
    candidate: Any,  # noqa: ANN401 - of the criterion's level
    answer: bool | None,  # noqa: FBT001 - a column
) -> None:
    assert made(package_path, **asked)(candidate) is answer
