import pytest

from oakum.facts.catalogers.pnpm_lock import pnpm_lock
from oakum.model.fact import Fact, Package
from oakum.testing.files import read


def packages(facts: list[Fact]) -> list[tuple[str, str, str]]:
    return [(fact.name, fact.version, fact.scope) for fact in facts if isinstance(fact, Package)]


def needs(facts: list[Fact]) -> dict[str, tuple[str, ...]]:
    return {fact.name: fact.depends for fact in facts if isinstance(fact, Package) and fact.depends}


def seen(text: str) -> list[Fact]:
    return read(pnpm_lock, {"pnpm-lock.yaml": text.encode()})


@pytest.mark.parametrize(
    ("version", "key", "expected"),
    [
        ("5.4", "/a/1.0.0", ("a", "1.0.0")),
        ("5.4", "/@s/a/1.0.0_b@2.0.0+c@3.0.0", ("@s/a", "1.0.0")),
        ("5.4", "packages.example.com/a/1.0.0", ("a", "1.0.0")),
        ("'6.0'", "/a@1.0.0", ("a", "1.0.0")),
        ("'6.0'", "/@s/a@1.0.0(b@2.0.0)(@s/c@3.0.0)", ("@s/a", "1.0.0")),
        ("'6.0'", "/a@1.0.0-beta.1", ("a", "1.0.0-beta.1")),
    ],
)
def test_keys_of_every_age(version: str, key: str, expected: tuple[str, str]) -> None:
    assert packages(seen(f"lockfileVersion: {version}\npackages:\n  {key}:\n    dev: false\n")) == [(*expected, "")]


def test_what_is_not_from_a_registry_says_its_name() -> None:
    text = (
        "lockfileVersion: 5.4\npackages:\n  git.example.com/o/r/8e7a:\n    name: r\n    version: 1.2.3\n    dev: true\n"
    )
    assert packages(seen(text)) == [("r", "1.2.3", "dev")]
    assert packages(seen("lockfileVersion: '9.0'\nsnapshots:\n  a@https://git.example.com/a.tgz: {}\n")) == [
        ("a", "", "dev")
    ]


def test_folders_are_left_out() -> None:
    assert (
        seen("lockfileVersion: '6.0'\npackages:\n  file:lib:\n    resolution: {directory: lib, type: directory}\n")
        == []
    )


def test_version_9_knows_what_runs() -> None:
    text = """
lockfileVersion: '9.0'
importers:
  .:
    dependencies: {a: {specifier: ^1, version: 1.0.0(p@1.0.0)}}
    optionalDependencies: {o: {specifier: ^1, version: 1.0.0}}
    devDependencies: {d: {specifier: ^1, version: 1.0.0}}
snapshots:
  a@1.0.0(p@1.0.0):
    dependencies: {alias: p@1.0.0}
  p@1.0.0: {}
  o@1.0.0: {}
  d@1.0.0:
    dependencies: {p: 1.0.0}
"""
    facts = seen(text)
    assert packages(facts) == [
        ("a", "1.0.0", ""),
        ("p", "1.0.0", ""),
        ("o", "1.0.0", "optional"),
        ("d", "1.0.0", "dev"),
    ]
    assert needs(facts) == {"a": ("p",), "d": ("p",)}


def test_an_alias_of_version_5_names_the_key() -> None:
    text = "lockfileVersion: 5.4\npackages:\n  /a/1.0.0:\n    dependencies: {x: /b/2.0.0}\n  /b/2.0.0: {}\n"
    assert needs(seen(text)) == {"a": ("b",)}


def test_earlier_documents_are_the_tools_own() -> None:
    assert packages(seen("lockfileVersion: '9.0'\n---\nlockfileVersion: '6.0'\npackages:\n  /a@1.0.0: {}\n")) == [
        ("a", "1.0.0", "")
    ]


def test_an_empty_lock_is_nothing() -> None:
    assert seen("lockfileVersion: '9.0'\n") == []
