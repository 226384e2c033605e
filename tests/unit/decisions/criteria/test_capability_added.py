from typing import Any

import pytest

from oakum.decisions.criteria.capability_added import capability_added
from oakum.testing.policies import made, spec


@pytest.mark.parametrize(
    ("asked", "candidate", "answer"),
    [
        ({"any_of": ["SYS_ADMIN"]}, spec(privileged=False, added=("SYS_ADMIN",)), True),
        ({"any_of": ["SYS_ADMIN"]}, spec(added=("ALL",)), True),
        ({"any_of": ["SYS_ADMIN"]}, spec(privileged=True), True),
        ({"any_of": ["SYS_ADMIN"]}, spec(added=("CHOWN",)), False),
        ({"any_of": ["ANY"]}, spec(added=("CHOWN",)), True),
        ({"any_of": ["ANY"]}, spec(added=()), False),
        ({"any_of": ["ANY"]}, spec(), None),
    ],
)
def test_all_is_every_one_and_privileged_too(
    asked: dict[str, Any],
    candidate: Any,  # noqa: ANN401 - of the criterion's level
    answer: bool | None,  # noqa: FBT001 - a column
) -> None:
    assert made(capability_added, **asked)(candidate) is answer
