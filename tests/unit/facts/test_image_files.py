"""Files of an image by their paths: as a plain search over the finished file system finds them."""

import fnmatch
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oakum.decisions.files import fitting, rooted
from oakum.facts.image_files import find_files
from oakum.kit.archive import zstd
from oakum.model.inventory import ImageFile
from oakum.model.layer_facts import Tree


def tree(*entries: str, whiteouts: Sequence[str] = (), opaque: Sequence[str] = ()) -> Tree:
    packed = zstd.compress("\0".join(entries).encode(), 1)
    return Tree(packed, tuple(whiteouts), tuple(opaque), ())


def found(trees: Sequence[Tree], *globs: str) -> list[tuple[str, int]]:
    wanted = tuple(map(rooted, globs))
    return [(one.path, one.layer) for one in find_files(trees, wanted, fitting(wanted))]


def test_files_are_found_where_the_layers_leave_them() -> None:
    layers = [
        tree("etc/", "etc/a.key", "etc/b.key", "opt/", "opt/c.key", "var/d.key", "d.key/"),
        tree("etc/", "etc/b.key", whiteouts=("opt/c.key",)),
        tree("var/", opaque=("var",)),
    ]
    assert found(layers, "**/*.key") == [("etc/a.key", 0), ("etc/b.key", 1)]
    assert found(layers[:1], "/etc/*.key", "var/d.key") == [("etc/a.key", 0), ("etc/b.key", 0), ("var/d.key", 0)]
    assert found(layers, "*") == []
    assert found([tree("a", "bb/", "bb/c")], "*") == [("a", 0)]
    assert found([], "**/x") == []


names = st.sampled_from(["a", "b", "key", "id_rsa", "x.key"])
paths = st.lists(names, min_size=1, max_size=3).map("/".join)


@given(
    st.lists(st.lists(paths, max_size=6), min_size=1, max_size=3),
    st.sampled_from(["**/id_rsa", "a/*", "**/*.key", "**"]),
)
def test_the_quick_search_finds_what_a_plain_one_does(layers: list[list[str]], glob: str) -> None:
    trees = [tree(*layer) for layer in layers]
    plain: dict[str, int] = {}
    for number, layer in enumerate(layers):
        for path in [one for one in plain if any(one != new and f"{one}/".startswith(f"{new}/") for new in layer)]:
            del plain[path]
        plain.update(dict.fromkeys(layer, number))
    wanted = fitting([rooted(glob)])
    assert dict(found(trees, glob)) == {path: number for path, number in plain.items() if wanted(path)}


@pytest.mark.parametrize("glob", ["etc/*", "/etc/*"])
def test_a_slash_before_a_glob_changes_nothing(glob: str) -> None:
    assert fnmatch.fnmatch("/etc/x", "/etc/*")
    assert fitting([rooted(glob)])("etc/x")
    assert find_files([tree("etc/x")], (rooted(glob),), fitting([rooted(glob)])) == (ImageFile("etc/x", 0),)
