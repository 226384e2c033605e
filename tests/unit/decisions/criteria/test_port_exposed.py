from typing import Any

import pytest

from oakum.decisions.criteria.port_exposed import port_exposed
from oakum.model.subject import Subject
from oakum.testing.policies import configured, made


@pytest.mark.parametrize(
    ("asked", "candidate", "answer"),
    [
        ({"first": 22, "last": 22}, configured(ports=("22/tcp",)), True),
        ({"first": 22, "last": 22, "protocol": "udp"}, configured(ports=("22",)), False),
        ({"first": 22, "last": 22, "protocol": "tcp"}, configured(ports=("22",)), True),
        ({"first": 8005, "last": 8005}, configured(ports=("8000-8010/tcp",)), True),
        ({"first": 1, "last": 9}, configured(ports=("x/tcp", "80-y", "80/tcp")), False),
        ({"first": 1, "last": 9}, Subject("deploy"), None),
    ],
)
def test_ranges_meet_and_a_protocol_narrows_them(
    asked: dict[str, Any],
    candidate: Any,  # noqa: ANN401 - of the criterion's level
    answer: bool | None,  # noqa: FBT001 - a column
) -> None:
    assert made(port_exposed, **asked)(candidate) is answer
