import pytest

from oakum.facts.catalogers.poetry_lock import poetry_lock
from oakum.model.fact import Fact, Package
from oakum.testing.files import read


def packages(facts: list[Fact]) -> list[tuple[str, str, str]]:
    return [(fact.name, fact.version, fact.scope) for fact in facts if isinstance(fact, Package)]


def seen(text: str) -> list[tuple[str, str, str]]:
    return packages(read(poetry_lock, {"poetry.lock": text.encode()}))


@pytest.mark.parametrize(
    ("lines", "scope"),
    [
        ("", ""),
        ('groups = ["main", "dev"]', ""),
        ('groups = ["docs"]', "dev"),
        ('category = "dev"', "dev"),
        ("optional = true", "optional"),
    ],
)
def test_scopes_of_every_age(lines: str, scope: str) -> None:
    assert seen(f'[[package]]\nname = "a"\nversion = "1"\n{lines}\n') == [("a", "1", scope)]


def test_needs_name_what_the_file_holds() -> None:
    text = '[[package]]\nname = "a"\nversion = "1"\n[package.dependencies]\nB_c = "*"\nd = "*"\n'
    facts = read(poetry_lock, {"poetry.lock": f'{text}[[package]]\nname = "b-c"\nversion = "2"\n'.encode()})
    assert isinstance(facts[0], Package)
    assert facts[0].depends == ("b-c",)


def test_an_empty_lock_is_nothing() -> None:
    assert seen("package = []\n[metadata]\n") == []
