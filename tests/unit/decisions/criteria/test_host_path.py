from typing import Any

import pytest

from oakum.decisions.criteria.host_path import host_path
from oakum.model.workload import HostPath
from oakum.testing.policies import made, spec


@pytest.mark.parametrize(
    ("asked", "candidate", "answer"),
    [
        ({"matches": ["/run/docker.sock"]}, spec(host_paths=(HostPath("/run/docker.sock"),)), True),
        ({"matches": ["/run/docker.sock"]}, spec(host_paths=(HostPath("/run/"),)), True),
        ({"matches": ["/run/docker.sock"]}, spec(host_paths=(HostPath("/srv/../run/x/.."),)), True),
        ({"matches": ["/run/docker.sock"]}, spec(host_paths=(HostPath("/"),)), True),
        ({"matches": ["/run/docker.sock"]}, spec(host_paths=(HostPath("/runner"),)), False),
        ({"matches": ["/etc/**"], "writable": True}, spec(host_paths=(HostPath("/etc/x", writable=False),)), False),
        ({"matches": ["/etc/**"]}, spec(host_paths=(HostPath("/etc/x", writable=False),)), True),
        ({"matches": ["/**"]}, spec(), None),
    ],
)
def test_a_folder_above_counts_and_reading_may_not(
    asked: dict[str, Any],
    candidate: Any,  # noqa: ANN401 - of the criterion's level
    answer: bool | None,  # noqa: FBT001 - a column
) -> None:
    assert made(host_path, **asked)(candidate) is answer
