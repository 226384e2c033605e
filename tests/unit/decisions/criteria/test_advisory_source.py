from typing import Any

import pytest

from oakum.decisions.criteria.advisory_source import advisory_source
from oakum.testing.inventory import installed
from oakum.testing.policies import made
from oakum.testing.report import finding

ZLIB = installed("deb", "zlib1g", "1")
FOUND = finding("CVE-1", ZLIB)


@pytest.mark.parametrize(
    ("asked", "candidate", "answer"),
    [
        ({"matches": ["osv:Debian*"]}, FOUND, True),
        ({"matches": ["osv:PyPI"]}, FOUND, False),
    ],
)
def test_any_record_of_the_finding_is_enough(
    asked: dict[str, Any],
    candidate: Any,  # noqa: ANN401 - of the criterion's level
    answer: bool | None,  # noqa: FBT001 - a column
) -> None:
    assert made(advisory_source, **asked)(candidate) is answer
