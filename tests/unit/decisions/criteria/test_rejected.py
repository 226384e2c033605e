from typing import Any

import pytest
from msgspec.structs import replace

from oakum.decisions.criteria.rejected import rejected
from oakum.testing.inventory import installed
from oakum.testing.policies import made
from oakum.testing.report import finding

ZLIB = installed("deb", "zlib1g", "1")
FOUND = finding("CVE-1", ZLIB)


@pytest.mark.parametrize(
    ("asked", "candidate", "answer"),
    [
        ({}, replace(FOUND, rejected="duplicate"), True),
        ({}, FOUND, False),
    ],
)
def test_a_withdrawn_id_is_told(
    asked: dict[str, Any],
    candidate: Any,  # noqa: ANN401 - of the criterion's level
    answer: bool | None,  # noqa: FBT001 - a column
) -> None:
    assert made(rejected, **asked)(candidate) is answer
