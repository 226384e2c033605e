import pytest

from oakum.facts.catalogers.pom_xml import pom_xml
from oakum.kit.errors import DamagedError, LimitError
from oakum.kit.limits import MANIFEST_BYTES
from oakum.model.fact import Fact, Gap, Package
from oakum.testing.files import read


def seen(body: str) -> list[Fact]:
    return read(pom_xml, {"app/pom.xml": f"<project>{body}</project>".encode()})


def dependency(version: str, more: str = "") -> str:
    return (
        "<dependencies><dependency><groupId>g</groupId><artifactId>a</artifactId>"
        f"<version>{version}</version>{more}</dependency></dependencies>"
    )


def packages(body: str) -> list[tuple[str, str, str]]:
    return [(fact.name, fact.version, fact.scope) for fact in seen(body) if isinstance(fact, Package)]


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ("1.0", "1.0"),
        ("[1.0]", "1.0"),
        ("[1,2)", ""),
        ("(,2]", ""),
        ("LATEST", ""),
        ("${no}", ""),
        ("", ""),
        ("1${no}", ""),
    ],
)
def test_versions(version: str, expected: str) -> None:
    assert packages(dependency(version)) == [("g:a", expected, "")]


@pytest.mark.parametrize(
    ("more", "scope"),
    [
        ("<scope>test</scope>", "dev"),
        ("<scope>provided</scope>", ""),
        ("<optional>true</optional>", "optional"),
        ("", ""),
    ],
)
def test_scopes(more: str, scope: str) -> None:
    assert packages(dependency("1", more)) == [("g:a", "1", scope)]


def test_properties_may_name_one_another_but_not_for_ever() -> None:
    chain = "".join(f"<p{at}>${{p{at + 1}}}</p{at}>" for at in range(5)) + "<p5>9</p5>"
    assert packages(f"<properties>{chain}</properties>{dependency('${p0}')}") == [("g:a", "9", "")]
    bomb = "".join(f"<p{at}>{f'${{p{at + 1}}}' * 50}</p{at}>" for at in range(50))
    assert packages(f"<properties>{bomb}</properties>{dependency('${p0}')}") == [("g:a", "", "")]


def test_what_the_file_does_not_name_is_a_gap() -> None:
    facts = seen("<parent><artifactId>up</artifactId></parent>")
    assert [isinstance(fact, Gap) for fact in facts] == [True]
    assert "its parent up" in str(facts[0])
    assert seen("") == []


@pytest.mark.parametrize(
    "data",
    [
        b'<!DOCTYPE x [<!ENTITY a "b">]><project/>',
        b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><project>&x;</project>',
        b"<project>",
        b"",
        b"\0",
    ],
)
def test_entities_and_damage_are_refused(data: bytes) -> None:
    with pytest.raises(DamagedError):
        read(pom_xml, {"pom.xml": data})


def test_size_is_limited() -> None:
    with pytest.raises(LimitError):
        seen("<a/>" * (MANIFEST_BYTES // 4))
