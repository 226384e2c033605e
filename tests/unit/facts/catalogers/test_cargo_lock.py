import pytest

from oakum.facts.catalogers.cargo_lock import cargo_lock
from oakum.kit.errors import UnreadableError
from oakum.model.fact import Package
from oakum.testing.files import read


def packages(text: str) -> dict[tuple[str, str], Package]:
    facts = read(cargo_lock, {"Cargo.lock": text.encode()})
    return {(one.name, one.version): one for one in facts if isinstance(one, Package)}


def entry(name: str, version: str, *needs: str, source: str = "") -> str:
    origin = f'source = "{source}"\n' if source else ""
    return f'[[package]]\nname = "{name}"\nversion = "{version}"\n{origin}dependencies = {list(needs)}\n'


def test_edges_are_as_short_as_they_can_be() -> None:
    lock = entry("a", "1.0.0", "b", "c 1.0.0", "c 2.0.0 (registry+https://example.com/index)")
    found = packages(lock + entry("b", "1.0.0") + entry("c", "1.0.0") + entry("c", "2.0.0"))
    assert found["a", "1.0.0"].depends == ("b", "c 1.0.0", "c 2.0.0")


def test_an_old_edge_with_a_version_leads_to_the_only_one_of_its_name() -> None:
    found = packages(entry("a", "1.0.0", "b 2.0.0 (registry+https://example.com/index)") + entry("b", "2.0.0"))
    assert found["a", "1.0.0"].depends == ("b",)


def test_the_root_of_the_first_format_is_a_package() -> None:
    assert list(packages('[root]\nname = "tool"\nversion = "0.1.0"\n')) == [("tool", "0.1.0")]


def test_git_is_said_in_the_package_url() -> None:
    found = packages(
        entry("a", "1.0.0", source="git+https://example.com/a#0f1e") + entry("b", "1", source="registry+x")
    )
    assert "vcs_url=git" in found["a", "1.0.0"].purl
    assert not found["b", "1"].purl


def test_edges_may_go_in_a_circle() -> None:
    found = packages(entry("a", "1", "b") + entry("b", "1", "a"))
    assert [one.depends for one in found.values()] == [("b",), ("a",)]


@pytest.mark.parametrize("text", ["<<<<<<< HEAD", "[[package]", "a = " + "[" * 5_000])
def test_no_toml_is_unreadable(text: str) -> None:
    with pytest.raises(UnreadableError):
        packages(text)
