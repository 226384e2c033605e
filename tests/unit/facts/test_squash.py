"""The layers are seen as an engine would unpack them: held to a model that does unpack them."""

import sys
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from oakum.facts.squash import squash
from oakum.model.fact import Distribution, Gap, Owns, Package
from oakum.model.inventory import ImageFile
from oakum.model.layer_facts import LayerFacts, Outcome, Tree
from oakum.model.package_note import PACKAGE_NOTE

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

PATH = st.lists(st.sampled_from("abc"), min_size=1, max_size=3).map("/".join)
Drawn = tuple[dict[str, str], list[str], list[str]]
"""What a layer holds (path -> file, folder or link), what it removes, and which folders it makes opaque."""


def parents(path: str) -> list[str]:
    parts = path.split("/")
    return ["/".join(parts[:length]) for length in range(1, len(parts))]


@st.composite
def layers(draw: st.DrawFn) -> Drawn:
    """A layer as honest tars are: a folder before what is in it, nothing below a file."""
    held: dict[str, str] = {}
    for path, kind in draw(st.dictionaries(PATH, st.sampled_from(["file", "folder", "link"]), max_size=5)).items():
        above = parents(path)
        below = any(other.startswith(path + "/") for other in held)
        if all(held.get(folder, "folder") == "folder" for folder in above) and not below and path not in held:
            held.update(dict.fromkeys(above, "folder"))
            held[path] = kind
    return held, draw(st.lists(PATH, max_size=2)), draw(st.lists(PATH, max_size=1))


def unpacked(drawn: Sequence[Drawn]) -> dict[str, int]:
    """The files that are there when all layers were unpacked, each with the layer that holds it."""
    there: dict[str, tuple[str, int]] = {}

    def drop(path: str, *, itself: bool) -> None:
        for other in [one for one in there if one.startswith(path + "/") or (itself and one == path)]:
            del there[other]

    for number, (held, gone, opaque) in enumerate(drawn):
        for path in opaque:
            drop(path, itself=False)
        for path in gone:
            drop(path, itself=True)
        for path, kind in held.items():
            if kind != "folder" or there.get(path, ("folder", 0))[0] != "folder":
                drop(path, itself=True)
            there[path] = (kind, number)
    return {path: number for path, (kind, number) in there.items() if kind == "file"}


def facts_of(held: dict[str, str], gone: Sequence[str] = (), opaque: Sequence[str] = (), name: str = "") -> LayerFacts:
    names = [path + "/" * (kind == "folder") for path, kind in held.items()]
    tree = Tree(zstd.compress("\0".join(names).encode()), tuple(gone), tuple(opaque))
    packages = tuple(Package("npm", name or path, "1", path) for path, kind in held.items() if kind == "file")
    return LayerFacts(tree, (Outcome("p", 1, packages),))


def purl(package: Package, distribution: Distribution | None) -> str:
    del distribution
    return f"pkg:{package.type}/{package.name}@{package.version}"


def seen(*facts: LayerFacts) -> dict[str, int]:
    inventory = squash([(f"sha256:{number}", layer) for number, layer in enumerate(facts)], purl)
    return {path: one.layer for one in inventory.packages for path in one.paths}


@settings(max_examples=200, deadline=None)
@given(st.lists(layers(), max_size=4))
def test_what_is_seen_is_what_unpacking_leaves(drawn: list[Drawn]) -> None:
    facts = [facts_of(held, gone, opaque, name=f"of{number}") for number, (held, gone, opaque) in enumerate(drawn)]
    assert seen(*facts) == unpacked(drawn)


def test_a_package_is_brought_by_the_lowest_layer_that_has_it_without_interruption() -> None:
    def database(*names: str) -> LayerFacts:
        packages = tuple(Package("deb", name, "1", "var/lib/dpkg/status") for name in names)
        return LayerFacts(facts_of({"var/lib/dpkg/status": "link"}).tree, (Outcome("dpkg", 1, packages),))

    def brought(*layers: LayerFacts) -> dict[str, int]:
        inventory = squash([("", layer) for layer in layers], purl)
        return {one.package.name: one.layer for one in inventory.packages}

    assert brought(database("a"), facts_of({}), database("a", "b")) == {"a": 0, "b": 2}
    assert brought(database("a"), database("b"), database("a")) == {"a": 2}
    for gone, opaque in ((["var/lib/dpkg"], []), (["var/lib/dpkg/status"], []), ([], ["var/lib"])):
        assert brought(database("a"), facts_of({}, gone, opaque), database("a")) == {"a": 2}
        assert brought(database("a"), facts_of({}, gone, opaque)) == {}


def test_the_owner_of_a_language_package_is_the_distribution_s_package_also_on_merged_usr() -> None:
    packages = (
        Package("deb", "python3-six", "1", "var/lib/dpkg/status"),
        Owns("deb", "python3-six", "var/lib/dpkg/info/python3-six.list", "lib/six.dist-info/METADATA"),
        Package("pypi", "six", "1", "usr/lib/six.dist-info/METADATA"),
        Package("pypi", "own", "1", "usr/lib/own.dist-info/METADATA"),
    )
    inventory = squash([("", LayerFacts(outcomes=(Outcome("p", 1, packages),)))], purl)
    assert {one.package.name: one.owner for one in inventory.packages} == {
        "python3-six": "",
        "six": "pkg:deb/python3-six@1",
        "own": "",
    }


def test_a_program_that_its_package_speaks_of_already_is_not_listed_twice() -> None:
    packages = (
        Package("deb", "zlib1g", "1:1.2.13.dfsg-1", "var/lib/dpkg/status"),
        Owns("deb", "zlib1g", "var/lib/dpkg/info/zlib1g.list", "usr/lib/libz.so.1\nusr/lib/libz.so.0"),
        Package("generic", "zlib", "1.2.13", "usr/lib/libz.so.1"),
        Package("generic", "zlib", "1.3", "usr/lib/libz.so.0"),
        Package("generic", "zlib", "1.2.13", "opt/libz.so.1"),
    )
    inventory = squash([("", LayerFacts(outcomes=(Outcome("p", 1, packages),)))], purl)
    found = {(one.package.version, one.paths, bool(one.owner)) for one in inventory.packages if not one.package.source}
    assert {one for one in found if one[0] in {"1.2.13", "1.3"}} == {
        ("1.3", ("usr/lib/libz.so.0",), True),
        ("1.2.13", ("opt/libz.so.1",), False),
    }


def test_a_program_in_the_folder_of_bitnami_s_document_is_not_listed_twice() -> None:
    packages = (
        Package("bitnami", "node", "22.9.0-1", "opt/bitnami/node/.spdx-node.spdx"),
        Package("generic", "node", "22.9.0", "opt/bitnami/node/bin/node"),
        Package("generic", "openssl", "3.0.15", "opt/bitnami/node/lib/libssl.so.3"),
        Package("generic", "node", "22.9.0", "opt/node"),
    )
    inventory = squash([("", LayerFacts(outcomes=(Outcome("p", 1, packages),)))], purl)
    assert {path for one in inventory.packages for path in one.paths} == {
        "opt/bitnami/node/.spdx-node.spdx",
        "opt/bitnami/node/lib/libssl.so.3",
        "opt/node",
    }


def test_gaps_keep_their_layer_even_when_it_is_hidden() -> None:
    gap = Gap("unreadable-file", "x", "a")
    inventory = squash([("sha256:0", LayerFacts(gaps=(gap,))), ("sha256:1", facts_of({"a": "file"}))], purl)
    assert inventory.gaps == (Gap("unreadable-file", "x", "a", "sha256:0"),)


@given(st.permutations([("MIT",), ("GPL-2.0-only",), ("Apache-2.0",), ()]))
def test_packages_that_differ_in_little_come_in_one_order(licences: list[tuple[str, ...]]) -> None:
    found = tuple(Package("npm", "a", "1", "a/package.json", licenses=one) for one in licences)
    inventory = squash([("", LayerFacts(outcomes=(Outcome("p", 1, found),)))], purl)
    assert [(one.package.licenses, one.paths) for one in inventory.packages] == [((), ("a/package.json",) * 4)]


def test_special_files_are_those_that_no_layer_hides() -> None:
    def layer(
        *entries: str, special: tuple[tuple[str, int, int], ...] | None, gone: tuple[str, ...] = ()
    ) -> LayerFacts:
        return LayerFacts(Tree(zstd.compress("\0".join(entries).encode(), 1), gone, (), special))

    below = layer("su", "ping", "sudo", special=(("su", 0o4755, 0), ("ping", 0o4755, 0), ("sudo", 0o4755, 0)))
    above = layer("su", special=(), gone=("ping",))
    third = layer("x/wall", special=(("x/wall", 0o2755, 0),))
    inventory = squash([("", below), ("", above), ("", third)], purl)
    assert inventory.special == (ImageFile("sudo", 0, 0o4755, 0), ImageFile("x/wall", 2, 0o2755, 0))
    assert squash([("", below), ("", layer("x", special=None))], purl).special is None


def test_a_note_in_a_program_is_left_to_the_database_that_owns_it_and_speaks_for_its_program() -> None:
    def note(name: str, path: str) -> Package:
        return Package("deb", name, "1:3.0-1", path, guessed=PACKAGE_NOTE)

    packages = (
        Package("deb", "systemd", "252", "var/lib/dpkg/status"),
        Owns("deb", "systemd", "var/lib/dpkg/info/systemd.list", "lib/systemd/systemd"),
        note("systemd", "usr/lib/systemd/systemd"),
        note("openssl", "opt/libcrypto.so.3"),
        note("openssl", "opt/libssl.so.3"),
        Package("generic", "openssl", "3.0", "opt/libcrypto.so.3"),
        Package("generic", "openssl", "3.1", "opt/libssl.so.3"),
    )
    inventory = squash([("", LayerFacts(outcomes=(Outcome("p", 1, packages),)))], purl)
    assert [(one.package.type, one.package.name, one.package.version, one.paths) for one in inventory.packages] == [
        ("deb", "openssl", "1:3.0-1", ("opt/libcrypto.so.3", "opt/libssl.so.3")),
        ("deb", "systemd", "252", ("var/lib/dpkg/status",)),
        ("generic", "openssl", "3.1", ("opt/libssl.so.3",)),
    ]
