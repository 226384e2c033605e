import json

from oakum.facts.catalogers.dotnet_deps import dotnet_deps
from oakum.model.fact import Package
from oakum.testing.files import read


def packages(libraries: object, targets: object = None) -> list[tuple[str, str, tuple[str, ...]]]:
    document = json.dumps({"targets": targets, "libraries": libraries}).encode()
    facts = read(dotnet_deps, {"app/App.deps.json": document})
    return [(one.name, one.version, one.depends) for one in facts if isinstance(one, Package)]


def test_a_runtime_pack_is_the_package_that_advisories_name() -> None:
    found = packages({"runtimepack.Microsoft.NETCore.App.Runtime.linux-x64/8.0.1": {"type": "runtimepack"}})
    assert found == [("Microsoft.NETCore.App.Runtime.linux-x64", "8.0.1", ())]


def test_referenced_files_belong_to_no_package() -> None:
    assert packages({"A/1.0": {"type": "reference"}, "B/1.0": {"type": "referenceassembly"}}) == []


def test_edges_of_all_targets_are_joined() -> None:
    targets = {"net": {"A/1": {"dependencies": {"B": "2"}}}, "net/x": {"A/1": {"dependencies": {"C": "3"}}}}
    assert packages({"A/1": {"type": "package"}}, targets) == [("A", "1", ("B", "C"))]


def test_wrong_types_read_as_empty() -> None:
    assert packages([], {"net": [3]}) == []


def test_what_brings_no_file_only_took_part_in_the_build() -> None:
    file: dict[str, object] = {"runtime": {"a.dll": {}}}
    targets = {
        "net": {"Meta/1": {"dependencies": {"A": "1"}}, "A/1": file, "B/1": {}, "C/1": {"dependencies": {"B": "1"}}}
    }
    libraries = {key: {"type": "package"} for key in ("Meta/1", "A/1", "B/1", "C/1", "Unlisted/1")}
    document = json.dumps({"targets": targets, "libraries": libraries}).encode()
    facts = read(dotnet_deps, {"App.deps.json": document})
    assert [one.name for one in facts if isinstance(one, Package) and one.scope == "dev"] == ["B", "C"]
