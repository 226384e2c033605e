"""Packages that a later layer took away."""

from oakum.facts.removed import removed
from oakum.facts.squash import squash
from oakum.kit.archive import zstd
from oakum.model.fact import Fact, Package, SourcePackage
from oakum.model.inventory import Removed
from oakum.model.layer_facts import LayerFacts, Outcome, Tree
from oakum.model.package_note import PACKAGE_NOTE

STATUS = "var/lib/dpkg/status"


def purl(package: Package, distribution: object) -> str:
    del distribution
    return f"pkg:{package.type}/{package.name}@{package.version}"


def layer(*facts: Fact, whiteouts: tuple[str, ...] = (), opaque: tuple[str, ...] = ()) -> LayerFacts:
    entries = zstd.compress("\0".join(fact.path for fact in facts).encode())
    return LayerFacts(Tree(entries, whiteouts, opaque), (Outcome("x", 1, facts),))


def deb(name: str, version: str = "1", source: str = "") -> Package:
    return Package("deb", name, version, STATUS, source=SourcePackage(source, version) if source else None)


def gone(*layers: LayerFacts, names: tuple[str, ...]) -> list[tuple[str, str, int, int]]:
    inventory = squash([(str(number), one) for number, one in enumerate(layers)], purl)
    found: tuple[Removed, ...] = removed(layers, inventory, names, purl)
    return [(one.installed.package.name, one.installed.package.version, one.installed.layer, one.by) for one in found]


JAR = Package("maven", "a:b", "1", "app/b.jar")


def test_a_file_that_a_layer_removed() -> None:
    assert gone(layer(JAR), layer(), layer(whiteouts=("app/b.jar",)), names=("a:b",)) == [("a:b", "1", 0, 2)]
    assert gone(layer(JAR), layer(opaque=("app",)), names=("a:b",)) == [("a:b", "1", 0, 1)]
    assert gone(layer(JAR), layer(whiteouts=("app",)), names=("a:b",)) == [("a:b", "1", 0, 1)]


def test_a_database_that_was_written_anew_without_it() -> None:
    layers = (layer(deb("a"), deb("b")), layer(deb("a"), deb("b"), deb("c")), layer(deb("a")))
    assert gone(*layers, names=("a", "b", "c")) == [("b", "1", 1, 2), ("c", "1", 1, 2)]


def test_a_name_is_found_however_it_is_spelled() -> None:
    package = Package("pypi", "Py_YAML", "1", "lib/METADATA")
    assert gone(layer(package), layer(whiteouts=("lib",)), names=("py-yaml",)) == [("Py_YAML", "1", 0, 1)]


def test_another_version_took_its_place() -> None:
    assert gone(layer(deb("a")), layer(deb("a", "2")), names=("a",)) == [("a", "1", 0, 1)]


def test_what_is_still_there_was_not_removed() -> None:
    moved = Package("maven", "a:b", "1", "lib/b.jar")
    assert gone(layer(JAR), layer(moved, whiteouts=("app/b.jar",)), names=("a:b",)) == []
    assert gone(layer(JAR), names=("a:b",)) == []


def test_only_the_names_that_are_asked_for_also_as_a_source() -> None:
    layers = (layer(deb("libssl3", source="openssl"), deb("b")), layer(deb("c")))
    assert gone(*layers, names=("openssl",)) == [("libssl3", "1", 0, 1)]


def test_what_a_note_alone_names_was_not_removed() -> None:
    """The database's package of another name is still there, and the note is left to it."""
    note = Package("deb", "systemd", "1", "lib/libsystemd.so", guessed=PACKAGE_NOTE)
    layers = (layer(deb("libsystemd0", source="systemd"), note), layer())
    assert gone(*layers, names=("systemd",)) == []
    assert gone(layer(note), layer(whiteouts=("lib",)), names=("systemd",)) == []
