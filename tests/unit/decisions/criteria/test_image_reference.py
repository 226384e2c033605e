from msgspec.structs import replace

from oakum.decisions.criteria.image_reference import image_reference
from oakum.model.subject import Subject
from oakum.model.workload import ContainerSpec
from oakum.testing.policies import image, made, workload


def test_stars_stay_between_slashes_unless_there_are_two() -> None:
    subject = image()
    assert made(image_reference, matches=["registry.example/*"])(subject) is True
    assert made(image_reference, matches=["*"])(subject) is False
    assert made(image_reference, matches=["**"])(subject) is True
    assert made(image_reference, matches=["other.example/**", "**/shop:?"])(subject) is True


def test_every_container_of_a_workload_counts_and_no_name_is_unknown() -> None:
    pod = replace(image(), workload=workload(ContainerSpec("web", "other.example/web@sha256:1")))
    assert made(image_reference, matches=["other.example/**"])(pod) is True
    assert made(image_reference, matches=["**"])(Subject("deploy")) is None
