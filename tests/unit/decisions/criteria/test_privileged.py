import pytest

from oakum.decisions.criteria.privileged import privileged
from oakum.model.workload import ContainerSpec
from oakum.testing.policies import made


@pytest.mark.parametrize("said", [True, False, None])
def test_it_is_what_the_specification_says(said: bool | None) -> None:  # noqa: FBT001 - a column
    assert made(privileged)(ContainerSpec("web", "shop:1", privileged=said)) is said
