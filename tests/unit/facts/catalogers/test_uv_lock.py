import pytest

from oakum.facts.catalogers.uv_lock import uv_lock
from oakum.model.fact import Fact, Package
from oakum.testing.files import read


def packages(facts: list[Fact]) -> list[tuple[str, str, str]]:
    return [(fact.name, fact.version, fact.scope) for fact in facts if isinstance(fact, Package)]


def test_forks_are_told_apart_by_their_versions() -> None:
    text = """
[[package]]
name = "app"
source = { virtual = "." }
dependencies = [{ name = "a", version = "1" }]
[[package]]
name = "a"
version = "1"
dependencies = [{ name = "a", version = "2" }, { name = "b" }]
[[package]]
name = "a"
version = "2"
[[package]]
name = "b"
version = "3"
[[package]]
name = "c"
version = "4"
"""
    facts = read(uv_lock, {"uv.lock": text.encode()})
    assert packages(facts) == [("a", "1", ""), ("a", "2", ""), ("b", "3", ""), ("c", "4", "dev")]
    assert isinstance(facts[0], Package)
    assert facts[0].depends == ("a 2", "b")


@pytest.mark.parametrize("source", ['{ registry = "x" }', '{ git = "x" }', '{ url = "x" }', '{ path = "x.whl" }'])
def test_without_a_project_nothing_is_for_development(source: str) -> None:
    text = f'[[package]]\nname = "a"\nversion = "1"\nsource = {source}\n'
    assert packages(read(uv_lock, {"uv.lock": text.encode()})) == [("a", "1", "")]


@pytest.mark.parametrize("source", ["editable", "virtual", "directory"])
def test_own_folders_are_left_out(source: str) -> None:
    text = f'[[package]]\nname = "a"\nversion = "1"\nsource = {{ {source} = "." }}\n'
    assert read(uv_lock, {"uv.lock": text.encode()}) == []
