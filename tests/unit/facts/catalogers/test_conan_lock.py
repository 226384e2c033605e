import json

from oakum.facts.catalogers.conan_lock import conan_lock
from oakum.model.fact import Package
from oakum.testing.files import read


def packages(document: object) -> list[tuple[str, str, str, tuple[str, ...]]]:
    facts = read(conan_lock, {"conan.lock": json.dumps(document).encode()})
    return [(one.name, one.version, one.scope, one.depends) for one in facts if isinstance(one, Package)]


def test_lists_of_conan_2() -> None:
    document = {"version": "0.5", "requires": ["zlib/1.2.13#rev%17.5"], "build_requires": ["cmake/3.25@a/b#rev"]}
    assert packages(document) == [("zlib", "1.2.13", "", ()), ("cmake", "3.25", "dev", ())]


def test_graph_of_conan_1_with_its_edges() -> None:
    nodes = {
        "0": {"ref": "app/1.0", "path": "conanfile.py", "requires": ["1"]},
        "1": {"ref": "a/1#r", "requires": ["2", "9"], "context": "host"},
        "2": {"ref": "b/2", "context": "build"},
    }
    assert packages({"graph_lock": {"nodes": nodes}}) == [("a", "1", "", ("b",)), ("b", "2", "dev", ())]
