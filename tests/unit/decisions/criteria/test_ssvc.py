from typing import Any

import pytest
from msgspec.structs import replace

from oakum.decisions.criteria.ssvc import ssvc
from oakum.model.cve import Ssvc
from oakum.testing.inventory import installed
from oakum.testing.policies import made
from oakum.testing.report import finding

ZLIB = installed("deb", "zlib1g", "1")
FOUND = finding("CVE-1", ZLIB)


@pytest.mark.parametrize(
    ("asked", "candidate", "answer"),
    [
        ({"exploitation": "active", "automatable": True}, replace(FOUND, ssvc=Ssvc("active", "yes")), True),
        ({"exploitation": "active", "automatable": True}, replace(FOUND, ssvc=Ssvc("active", "no")), False),
        ({"exploitation": "active", "impact": "total"}, replace(FOUND, ssvc=Ssvc("poc", "yes", "")), False),
        ({"exploitation": "active", "impact": "total"}, replace(FOUND, ssvc=Ssvc("active", "yes", "")), None),
        ({"exploitation": "none"}, FOUND, None),
        ({}, replace(FOUND, ssvc=Ssvc("active")), None),
    ],
)
def test_every_named_answer_must_be_so_and_one_that_is_missing_is_unknown(
    asked: dict[str, Any],
    candidate: Any,  # noqa: ANN401 - of the criterion's level
    answer: bool | None,  # noqa: FBT001 - a column
) -> None:
    assert made(ssvc, **asked)(candidate) is answer
