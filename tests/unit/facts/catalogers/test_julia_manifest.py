from oakum.facts.catalogers.julia_manifest import julia_manifest
from oakum.model.fact import Package
from oakum.testing.files import read

UUID = "682c06a0-de6a-54ab-a142-c8b1cf79cde6"


def only(text: str) -> Package:
    (fact,) = read(julia_manifest, {"Manifest.toml": text.encode()})
    assert isinstance(fact, Package)
    return fact


def test_both_formats_say_the_same() -> None:
    entry = f'uuid = "{UUID}"\nversion = "0.21.4"\ndeps = ["Dates"]\n'
    old = only(f"[[JSON]]\n{entry}")
    assert old == only(f'manifest_format = "2.0"\n[[deps.JSON]]\n{entry}')
    assert (old.name, old.version, old.depends) == ("JSON", "0.21.4", ("Dates",))
    assert old.purl == f"pkg:julia/JSON@0.21.4?uuid={UUID}"


def test_edges_may_be_a_table() -> None:
    assert only(f'[[A]]\nuuid = "{UUID}"\nversion = "1"\n[A.deps]\nB = "{UUID}"\n').depends == ("B",)


def test_a_manifest_of_something_else_holds_no_packages() -> None:
    assert read(julia_manifest, {"Manifest.toml": b'[[bin]]\nname = "x"\nversion = "1"\n'}) == []
