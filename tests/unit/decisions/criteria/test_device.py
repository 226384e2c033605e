from typing import Any

import pytest

from oakum.decisions.criteria.device import device
from oakum.testing.policies import made, spec


@pytest.mark.parametrize(
    ("asked", "candidate", "answer"),
    [
        ({"matches": ["/dev/kvm"]}, spec(devices=("/dev/kvm",)), True),
        ({"matches": ["/dev/kvm"]}, spec(devices=("/dev/null",)), False),
        ({"matches": ["/dev/kvm"]}, spec(privileged=True), True),
        ({"matches": ["/dev/kvm"]}, spec(), None),
    ],
)
def test_a_privileged_one_has_all(
    asked: dict[str, Any],
    candidate: Any,  # noqa: ANN401 - of the criterion's level
    answer: bool | None,  # noqa: FBT001 - a column
) -> None:
    assert made(device, **asked)(candidate) is answer
