from typing import Any

import pytest
from msgspec.structs import replace

from oakum.decisions.criteria.cvss import cvss
from oakum.model.severity import Severity
from oakum.testing.inventory import installed
from oakum.testing.policies import made
from oakum.testing.report import finding

ZLIB = installed("deb", "zlib1g", "1")
FOUND = finding("CVE-1", ZLIB)


@pytest.mark.parametrize(
    ("asked", "candidate", "answer"),
    [
        ({"at_least": 7}, replace(FOUND, severity=Severity("high", "cvss", 7.0)), True),
        ({"at_least": 7}, replace(FOUND, severity=Severity("medium", "cvss", 6.9)), False),
        ({"at_least": 0}, FOUND, None),
    ],
)
def test_a_score_counts_from_the_number_on_and_none_is_unknown(
    asked: dict[str, Any],
    candidate: Any,  # noqa: ANN401 - of the criterion's level
    answer: bool | None,  # noqa: FBT001 - a column
) -> None:
    assert made(cvss, **asked)(candidate) is answer
