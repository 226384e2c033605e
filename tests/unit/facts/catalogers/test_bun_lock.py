import pytest

from oakum.facts.catalogers.bun_lock import bun_lock
from oakum.kit.errors import LimitError
from oakum.model.fact import Fact, Gap, Package
from oakum.testing.files import read


def packages(facts: list[Fact]) -> list[tuple[str, str, str]]:
    return [(fact.name, fact.version, fact.scope) for fact in facts if isinstance(fact, Package)]


def needs(facts: list[Fact]) -> dict[str, tuple[str, ...]]:
    return {fact.name: fact.depends for fact in facts if isinstance(fact, Package) and fact.depends}


def seen(packages: str, workspaces: str = "{}") -> list[Fact]:
    return read(bun_lock, {"bun.lock": f'{{"workspaces": {workspaces}, "packages": {packages},}}'.encode()})


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ('["a@1.0.0", "", {}, "sha"]', [("a", "1.0.0", "dev")]),
        ('["@s/real@1.0.0", "", {}, "sha"]', [("@s/real", "1.0.0", "dev")]),
        ('["a@workspace:lib"]', []),
        ('["a@link:lib"]', []),
        ('["a@file:lib", {}]', []),
        ('["a@root:", {}]', []),
        ('["a@github:o/a#8e7a", {}, "o-a-8e7a"]', [("a", "", "dev")]),
    ],
)
def test_sources(entry: str, expected: list[tuple[str, str, str]]) -> None:
    assert packages(seen(f'{{"a": {entry},}}')) == expected


def test_the_nearest_entry_meets_a_need() -> None:
    facts = seen(
        '{"a": ["a@1", "", {"dependencies": {"@s/b": "*", "c": "*"}}, ""], '
        '"a/@s/b": ["@s/b@2", "", {"dependencies": {"c": "*"}}, ""],'
        ' "@s/b": ["@s/b@1", "", {}, ""], "c": ["c@1", "", {}, ""]}',
        '{"": {"dependencies": {"a": "*"}}, "lib": {"name": "lib", "optionalDependencies": {"@s/b": "*"}}}',
    )
    assert packages(facts) == [("a", "1", ""), ("@s/b", "2", ""), ("@s/b", "1", "optional"), ("c", "1", "")]
    assert needs(facts) == {"a": ("@s/b 2", "c"), "@s/b": ("c",)}


def test_the_binary_lock_is_a_gap() -> None:
    (gap,) = read(bun_lock, {"app/bun.lockb": b"#!/usr/bin/env bun\n"})
    assert isinstance(gap, Gap)
    assert read(bun_lock, {"node_modules/a/bun.lockb": b"", "node_modules/a/bun.lock": b"{"}) == []


def test_a_place_that_is_too_long_is_refused() -> None:
    with pytest.raises(LimitError):
        seen('{"' + "a/" * 5_000 + '": ["a@1", "", {}, ""]}')
