import pytest

from oakum.facts.catalogers.pdm_lock import pdm_lock
from oakum.model.fact import Fact, Package
from oakum.testing.files import read


def packages(facts: list[Fact]) -> list[tuple[str, str, str]]:
    return [(fact.name, fact.version, fact.scope) for fact in facts if isinstance(fact, Package)]


@pytest.mark.parametrize(
    ("groups", "scope"),
    [('"default", "dev"', ""), ('"dev"', "dev"), ('"fast"', "optional"), ('"fast", "dev"', "optional")],
)
def test_scopes(groups: str, scope: str) -> None:
    text = f'[[package]]\nname = "a"\nversion = "1"\ngroups = [{groups}]\n'
    assert packages(read(pdm_lock, {"pdm.lock": text.encode()})) == [("a", "1", scope)]


@pytest.mark.parametrize(("path", "count"), [("./lib", 0), ("./lib-1.whl", 1)])
def test_folders_are_left_out_and_archives_are_not(path: str, count: int) -> None:
    text = f'[[package]]\nname = "a"\nversion = "1"\npath = "{path}"\n'
    assert len(read(pdm_lock, {"pdm.lock": text.encode()})) == count
