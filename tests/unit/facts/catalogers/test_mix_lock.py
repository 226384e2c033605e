import pytest

from oakum.facts.catalogers.mix_lock import mix_lock
from oakum.kit.errors import UnreadableError
from oakum.model.fact import Package
from oakum.testing.files import read


def only(entry: str) -> Package:
    (fact,) = read(mix_lock, {"mix.lock": b"%{\n  " + entry.encode() + b",\n}\n"})
    assert isinstance(fact, Package)
    return fact


def test_a_package_is_known_by_its_name_at_hex() -> None:
    needs = '[{:ranch, "~> 1.7", [hex: :ranch_fork, repo: "hexpm", optional: false]}, {:x, ">= 0.0.0", []}]'
    found = only(f'"app": {{:hex, :cowboy, "2.9.0", "00", [:rebar3], {needs}, "hexpm", "00"}}')
    assert (found.name, found.version, found.depends) == ("cowboy", "2.9.0", ("ranch_fork", "x"))


def test_an_organisation_goes_before_the_name() -> None:
    assert only('"a": {:hex, :a, "1.0.0", "00", [:mix], [], "hexpm:acme", "00"}').name == "acme/a"


def test_entries_of_every_age() -> None:
    assert only('"a": {:hex, :a, "1.0.0"}').version == "1.0.0"
    assert only(':a => {:hex, :a, "1.0.0"}').version == "1.0.0"
    assert only('a: {:git, "https://example.com/a", "0f1e", [tag: "v1"]}').version == "0f1e"


@pytest.mark.parametrize("text", ["", "%{", "%{}}", "IO.puts(1)", "{" * 9_999, '%{"a": "'])
def test_what_is_no_map_of_packages_is_unreadable(text: str) -> None:
    with pytest.raises(UnreadableError):
        read(mix_lock, {"mix.lock": text.encode()})
