import pytest

from oakum.facts.catalogers.yarn_lock import yarn_lock
from oakum.model.fact import Fact, Gap, Package
from oakum.testing.files import read


def packages(facts: list[Fact]) -> list[tuple[str, str, str]]:
    return [(fact.name, fact.version, fact.scope) for fact in facts if isinstance(fact, Package)]


def needs(facts: list[Fact]) -> dict[str, tuple[str, ...]]:
    return {fact.name: fact.depends for fact in facts if isinstance(fact, Package) and fact.depends}


def classic(text: str) -> list[Fact]:
    return read(yarn_lock, {"yarn.lock": f"# yarn lockfile v1\n{text}".encode()})


def modern(text: str) -> list[Fact]:
    return read(yarn_lock, {"yarn.lock": f"# by yarn\n\n__metadata:\n  version: 8\n\n{text}".encode()})


def test_classic_asks_are_quoted_or_not() -> None:
    facts = classic(
        '"@s/a@^1 || ^2", "@s/a@~1.5":\n  version "1.5.0"\n  dependencies:\n    b "^3 || ^4"\n'
        '  optionalDependencies:\n    "@s/c" "*"\nb@3, "b@^3 || ^4":\n  version "3.0.0"\n"@s/c@*":\n  version "1.0.0"\n'
    )
    assert packages(facts) == [("@s/a", "1.5.0", ""), ("b", "3.0.0", ""), ("@s/c", "1.0.0", "")]
    assert needs(facts) == {"@s/a": ("@s/c", "b")}


@pytest.mark.parametrize(
    ("ask", "expected"),
    [
        ("x@npm:@s/real@^1", [("@s/real", "1", "")]),
        ("x@file:./folder", []),
        ("x@link:./folder", []),
        ("x@file:./x.tgz", [("x", "1", "")]),
        ("x@git+ssh://git@git.example.com/x.git", [("x", "1", "")]),
    ],
)
def test_classic_sources(ask: str, expected: list[tuple[str, str, str]]) -> None:
    assert packages(classic(f'"{ask}":\n  version "1"\n')) == expected


@pytest.mark.parametrize(
    ("resolution", "expected"),
    [
        ("a@npm:1", [("a", "1", "")]),
        ("@s/real@npm:1", [("@s/real", "1", "")]),
        ("a@patch:a@npm%3A1#./fix.patch", [("a", "1", "")]),
        ("a@workspace:lib", []),
        ("a@portal:../a::locator=x", []),
        ("a@https://git.example.com/a.git#commit=8e7a", [("a", "1", "")]),
    ],
)
def test_modern_sources(resolution: str, expected: list[tuple[str, str, str]]) -> None:
    assert packages(modern(f'"a@npm:^1":\n  version: 1\n  resolution: "{resolution}"\n')) == expected


@pytest.mark.parametrize("wanted", ["^2", "npm:^2"])
def test_modern_needs_of_every_age(wanted: str) -> None:
    text = f'"a@npm:^1":\n  version: 1\n  resolution: "a@npm:1"\n  dependencies:\n    b: "{wanted}"\n'
    assert needs(modern(text + '"b@npm:^1, b@npm:^2":\n  version: 2\n')) == {"a": ("b",)}


def test_an_empty_lock_is_nothing_and_another_file_a_gap() -> None:
    assert classic("") == []
    (gap,) = read(yarn_lock, {"yarn.lock": b"  nothing of the kind"})
    assert isinstance(gap, Gap)


def test_quotes_without_end_take_no_time() -> None:
    classic('"' + '\\"' * 200_000)
