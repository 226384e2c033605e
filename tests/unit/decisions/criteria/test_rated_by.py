from typing import Any

import pytest

from oakum.decisions.criteria.rated_by import rated_by
from oakum.testing.inventory import installed
from oakum.testing.policies import made
from oakum.testing.report import finding

ZLIB = installed("deb", "zlib1g", "1")
FOUND = finding("CVE-1", ZLIB)


@pytest.mark.parametrize(
    ("asked", "candidate", "answer"),
    [
        ({"any_of": ["cna", "source"]}, FOUND, True),
        ({"any_of": ["cvss"]}, FOUND, False),
        ({"any_of": ["source"]}, finding("CVE-1", ZLIB, rating="unscored"), False),
    ],
)
def test_it_is_where_the_rating_was_taken_from(
    asked: dict[str, Any],
    candidate: Any,  # noqa: ANN401 - of the criterion's level
    answer: bool | None,  # noqa: FBT001 - a column
) -> None:
    assert made(rated_by, **asked)(candidate) is answer
