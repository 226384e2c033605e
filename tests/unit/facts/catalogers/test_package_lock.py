import pytest

from oakum.facts.catalogers.package_lock import package_lock
from oakum.kit.errors import LimitError
from oakum.model.fact import Fact, Package
from oakum.testing.files import read


def packages(facts: list[Fact]) -> list[tuple[str, str, str]]:
    return [(fact.name, fact.version, fact.scope) for fact in facts if isinstance(fact, Package)]


def needs(facts: list[Fact]) -> dict[str, tuple[str, ...]]:
    return {fact.name: fact.depends for fact in facts if isinstance(fact, Package) and fact.depends}


def seen(text: str) -> list[Fact]:
    return read(package_lock, {"app/package-lock.json": text.encode()})


@pytest.mark.parametrize(
    ("flag", "scope"), [("dev", "dev"), ("optional", "optional"), ("devOptional", "optional"), ("peer", "")]
)
def test_flags(flag: str, scope: str) -> None:
    assert packages(seen(f'{{"packages": {{"node_modules/a": {{"version": "1", "{flag}": true}}}}}}')) == [
        ("a", "1", scope)
    ]


def test_the_project_and_its_folders_are_no_packages() -> None:
    text = '{"packages": {"": {"version": "1"}, "lib": {"version": "2"}, "node_modules/lib": {"link": true}}}'
    assert seen(text) == []


def test_needs_are_found_as_node_finds_them() -> None:
    text = """{"packages": {
      "node_modules/a": {"version": "1", "dependencies": {"b": "*", "c": "*", "gone": "*"}},
      "node_modules/a/node_modules/b": {"version": "1", "dependencies": {"c": "*"}},
      "node_modules/b": {"version": "2"},
      "node_modules/c": {"version": "3"}}}"""
    facts = seen(text)
    assert needs(facts) == {"a": ("b 1", "c"), "b": ("c",)}


def test_an_alias_is_the_package_that_it_stands_for() -> None:
    assert packages(seen('{"packages": {"node_modules/x": {"name": "@s/real", "version": "1"}}}')) == [
        ("@s/real", "1", "")
    ]
    assert packages(seen('{"dependencies": {"x": {"version": "npm:@s/real@1"}}}')) == [("@s/real", "1", "")]


@pytest.mark.parametrize("version", ["github:o/r#abc", "git+ssh://git@git.example.com/r.git#abc", "file:a.tgz"])
def test_version_1_knows_no_version_of_what_is_not_from_a_registry(version: str) -> None:
    assert packages(seen(f'{{"dependencies": {{"x": {{"version": "{version}"}}}}}}')) == [("x", "", "")]


def test_what_came_with_a_package_is_not_read() -> None:
    assert read(package_lock, {"node_modules/a/npm-shrinkwrap.json": b"{"}) == []


def test_depth_and_length_are_limited() -> None:
    with pytest.raises(LimitError):
        seen('{"dependencies": {"a": ' * 5_000)
    with pytest.raises(LimitError):
        seen('{"packages": {"node_modules/' + "a" * 5_000 + '": {"version": "1"}}}')
    with pytest.raises(LimitError):
        seen('{"dependencies": {"' + "a" * 5_000 + '": {"version": "1"}}}')
