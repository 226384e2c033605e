import pytest

from oakum.facts.catalogers.go_mod import go_mod
from oakum.model.fact import Fact, Gap, Package
from oakum.testing.files import read

HEAD = "module example.com/m\n\ngo 1.21\n"


def seen(text: str) -> list[Fact]:
    return read(go_mod, {"app/go.mod": (HEAD + text).encode()})


def packages(text: str) -> list[tuple[str, str]]:
    return [(fact.name, fact.version) for fact in seen(text) if isinstance(fact, Package)]


@pytest.mark.parametrize(
    "text",
    [
        "require a.b/c v1.0.0",
        "require (\n\ta.b/c v1.0.0 // indirect\n)",
        'require "a.b/c" `v1.0.0`',
        "require(\na.b/c v1.0.0\n)",
    ],
)
def test_a_requirement_alone_and_in_a_block(text: str) -> None:
    assert packages(text) == [("a.b/c", "v1.0.0")]


@pytest.mark.parametrize(
    ("directive", "expected"),
    [
        ("replace a.b/c => d.e/f v2.0.0", ("d.e/f", "v2.0.0")),
        ("replace a.b/c v1.0.0 => d.e/f v2.0.0", ("d.e/f", "v2.0.0")),
        ("replace a.b/c v1.1.0 => d.e/f v2.0.0", ("a.b/c", "v1.0.0")),
        ("replace a.b/c => ../c", ("a.b/c", "(devel)")),
        ("replace (\n a.b/c => d.e/f v2.0.0\n a.b/c v1.0.0 => g.h/i v3.0.0\n)", ("g.h/i", "v3.0.0")),
        ("exclude a.b/c v1.0.0", ("a.b/c", "")),
        ("retract v1.0.0 // require x.y/z v1.0.0", ("a.b/c", "v1.0.0")),
    ],
)
def test_replaced_and_excluded(directive: str, expected: tuple[str, str]) -> None:
    assert packages(f"require a.b/c v1.0.0\n{directive}\n") == [expected]


@pytest.mark.parametrize(("go", "complete"), [("go 1.16", False), ("", False), ("go 1.17", True), ("go 1.23.4", True)])
def test_a_file_of_an_older_go_is_not_complete(go: str, complete: bool) -> None:  # noqa: FBT001 - a column of the table
    facts = read(go_mod, {"go.mod": f"module m\n{go}\nrequire a.b/c v1.0.0\n".encode()})
    assert [isinstance(fact, Gap) for fact in facts] == ([False] if complete else [False, True])


def test_nothing_required_is_nothing() -> None:
    assert seen("") == []
    assert read(go_mod, {"go.mod": b"module m\n"}) == []
