from typing import Any

import pytest

from oakum.decisions.criteria.distribution import distribution
from oakum.model.fact import Distribution
from oakum.model.inventory import Inventory
from oakum.model.subject import Subject
from oakum.testing.policies import made


def of(found: Distribution | None) -> Subject:
    return Subject("build", inventory=Inventory(found))


DEBIAN = Distribution("debian", "12", "Debian", "etc/os-release")


@pytest.mark.parametrize(
    ("asked", "candidate", "answer"),
    [
        ({"ids": ["debian"]}, of(DEBIAN), True),
        ({"ids": ["debian"], "versions": ["1[12]", "12"]}, of(DEBIAN), True),
        ({"ids": ["debian"], "versions": ["11"]}, of(DEBIAN), False),
        ({"ids": ["alpine"]}, of(DEBIAN), False),
        ({"ids": ["debian"]}, of(None), None),
        ({"ids": ["debian"]}, Subject("deploy"), None),
    ],
)
def test_id_and_version_count_and_no_os_release_is_unknown(
    asked: dict[str, Any],
    candidate: Any,  # noqa: ANN401 - of the criterion's level
    answer: bool | None,  # noqa: FBT001 - a column
) -> None:
    assert made(distribution, **asked)(candidate) is answer
