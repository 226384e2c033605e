"""Cataloger of C and C++ packages that Conan pins."""

from collections.abc import Iterator
from typing import Any

from oakum.facts.cataloger import DECLARED, cataloger
from oakum.facts.files import Files
from oakum.facts.lockfile import edges, release, table, table_of, text, words
from oakum.model.fact import Fact, Package

_LISTS = (("requires", ""), ("build_requires", "dev"), ("python_requires", "dev"), ("config_requires", "dev"))


@cataloger(version=1, reads=DECLARED, locks="**/conan.lock")
def conan_lock(files: Files) -> Iterator[Fact]:
    """C and C++ packages that ``conan.lock`` pins, of Conan 2 (lists) and of Conan 1 (a graph).

    A reference is ``name/version@user/channel#recipe%time``; only what is before the at sign names the package.
    What only building needs is marked so. The project itself is a reference without a version.
    """
    for file in files.locks:
        document = table_of(file)
        for section, scope in _LISTS:
            for reference in words(document.get(section)):
                yield release(Package("conan", *_parts(reference), file.path, scope=scope))
        yield from _graph(table(table(document.get("graph_lock")).get("nodes")), file.path)


def _graph(nodes: dict[str, Any], path: str) -> Iterator[Fact]:
    """Nodes of a lock of Conan 1: number -> reference, and the numbers that it requires."""
    names = {number: _parts(text(table(node).get("ref"))) for number, node in nodes.items()}
    for number, value in nodes.items():
        node = table(value)
        name, version = names[number]
        if version and text(node.get("path")) == "":
            needs = edges(names[need][0] for need in words(node.get("requires")) if need in names)
            scope = "dev" if text(node.get("context")) == "build" else ""
            yield release(Package("conan", name, version, path, depends=needs, scope=scope))


def _parts(reference: str) -> tuple[str, str]:
    """Name and version."""
    name, _, version = reference.partition("#")[0].partition("@")[0].partition("%")[0].partition("/")
    return name.strip(), version.strip()
