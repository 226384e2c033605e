from typing import Any

import pytest
from msgspec.structs import replace

from oakum.decisions.criteria.weakness import weakness
from oakum.testing.inventory import installed
from oakum.testing.policies import made
from oakum.testing.report import finding

ZLIB = installed("deb", "zlib1g", "1")
FOUND = finding("CVE-1", ZLIB)


@pytest.mark.parametrize(
    ("asked", "candidate", "answer"),
    [
        ({"ids": ["CWE-79", "CWE-502"]}, replace(FOUND, cwes=("CWE-502", "CWE-20")), True),
        ({"ids": ["CWE-79"]}, replace(FOUND, cwes=("CWE-502",)), False),
        ({"ids": ["CWE-79"]}, FOUND, None),
    ],
)
def test_one_kind_of_several_is_enough_and_no_kind_is_unknown(
    asked: dict[str, Any],
    candidate: Any,  # noqa: ANN401 - of the criterion's level
    answer: bool | None,  # noqa: FBT001 - a column
) -> None:
    assert made(weakness, **asked)(candidate) is answer
