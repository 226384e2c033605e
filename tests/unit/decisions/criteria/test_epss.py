from typing import Any

import pytest
from msgspec.structs import replace

from oakum.decisions.criteria.epss import epss
from oakum.model.advisory import Exploited
from oakum.testing.inventory import installed
from oakum.testing.policies import made
from oakum.testing.report import finding

ZLIB = installed("deb", "zlib1g", "1")
FOUND = finding("CVE-1", ZLIB)


@pytest.mark.parametrize(
    ("asked", "candidate", "answer"),
    [
        ({"at_least": 0.5}, replace(FOUND, exploited=Exploited("", 0.5)), True),
        ({"at_least": 0.5}, replace(FOUND, exploited=Exploited("", 0.49)), False),
        ({"at_least": 0}, FOUND, None),
    ],
)
def test_a_probability_counts_from_the_number_on_and_none_is_unknown(
    asked: dict[str, Any],
    candidate: Any,  # noqa: ANN401 - of the criterion's level
    answer: bool | None,  # noqa: FBT001 - a column
) -> None:
    assert made(epss, **asked)(candidate) is answer
