import pytest

from oakum.facts.catalogers.stack_lock import stack_lock
from oakum.model.fact import Package
from oakum.testing.files import read


@pytest.mark.parametrize(
    ("completed", "name", "version"),
    [
        ("{hackage: 'a-b2-1.2.0@sha256:00,12'}", "a-b2", "1.2.0"),
        ("{hackage: 'a-1@rev:3'}", "a", "1"),
        ("{git: 'https://example.com/a', commit: 00, name: a, version: 0.10}", "a", "0.10"),
    ],
)
def test_every_place_that_a_package_comes_from(completed: str, name: str, version: str) -> None:
    lock = f"packages:\n- completed: {completed}\n  original: {{}}\n".encode()
    assert read(stack_lock, {"stack.yaml.lock": lock}) == [Package("hackage", name, version, "stack.yaml.lock")]


def test_extra_dependencies_that_name_a_version() -> None:
    project = b"extra-deps:\n- a-b-1.2\n- ./own\n- git: https://example.com/c\n  commit: 00\n"
    assert read(stack_lock, {"stack.yaml": project}) == [Package("hackage", "a-b", "1.2", "stack.yaml")]
