import pytest
from msgspec.structs import replace

from oakum.decisions.criteria.runs_as_root import runs_as_root
from oakum.model.subject import Subject
from oakum.model.workload import ContainerSpec
from oakum.testing.policies import image, made, workload


@pytest.mark.parametrize(
    ("user", "root"),
    [("", True), ("root", True), ("0", True), ("00", True), ("0:1000", True), ("1000", False), ("app:root", False)],
)
def test_no_user_is_root_and_a_group_is_not(user: str, *, root: bool) -> None:
    assert made(runs_as_root)(image(user=user)) is root


@pytest.mark.parametrize(("asked", "own", "root"), [("1000", "", False), ("", "1000", False), ("0", "1000", True)])
def test_the_workload_is_stronger_than_the_image(asked: str, own: str, *, root: bool) -> None:
    pod = replace(image(user=own), workload=workload(ContainerSpec("web", "shop:1", user=asked)))
    assert made(runs_as_root)(pod) is root


def test_what_nobody_read_is_unknown() -> None:
    assert made(runs_as_root)(Subject("deploy")) is None
    assert made(runs_as_root)(Subject("deploy", workload=workload(ContainerSpec("web", "shop:1")))) is None
    assert made(runs_as_root)(Subject("deploy", workload=workload(ContainerSpec("web", "shop:1", user="7")))) is False
