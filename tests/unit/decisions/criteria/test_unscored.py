from typing import Any

import pytest

from oakum.decisions.criteria.unscored import unscored
from oakum.testing.inventory import installed
from oakum.testing.policies import made
from oakum.testing.report import finding

ZLIB = installed("deb", "zlib1g", "1")
FOUND = finding("CVE-1", ZLIB)


@pytest.mark.parametrize(
    ("asked", "candidate", "answer"),
    [
        ({}, finding("CVE-1", ZLIB, rating="unscored"), True),
        ({}, finding("CVE-1", ZLIB, rating="negligible"), False),
    ],
)
def test_what_nobody_rated_is_told_from_what_is_harmless(
    asked: dict[str, Any],
    candidate: Any,  # noqa: ANN401 - of the criterion's level
    answer: bool | None,  # noqa: FBT001 - a column
) -> None:
    assert made(unscored, **asked)(candidate) is answer
