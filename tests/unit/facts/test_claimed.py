import pytest

from oakum.facts.claimed import VERSION_RESOURCE, without_claimed, without_recorded
from oakum.model.fact import Package, SourcePackage
from oakum.model.package_note import PACKAGE_NOTE


def library(path: str) -> Package:
    return Package("nuget", "Lib", "1.0", path, guessed=VERSION_RESOURCE)


LISTED = Package("nuget", "Shop", "1.0", "app/shop.deps.json")


def test_libraries_beside_a_list_are_left_to_it() -> None:
    beside = [library("app/Lib.dll"), library("app/runtimes/win/lib/net8.0/Lib.dll")]
    apart = [library("app/plugins/Lib.dll"), library("Lib.dll"), library("opt/app/runtimes/Lib.dll")]
    assert without_claimed([*beside, LISTED, *apart]) == [LISTED, *apart]


def test_without_a_list_every_library_counts() -> None:
    every = [library("a/Lib.dll"), Package("npm", "x", "1", "a/package.json")]
    assert without_claimed(every) == every


def test_what_is_stated_is_never_left_out() -> None:
    stated = Package("nuget", "Lib", "1.0", "app/packages.lock.json")
    assert without_claimed([LISTED, stated]) == [LISTED, stated]


def noted(kind: str, name: str, version: str, path: str = "bin/x") -> Package:
    return Package(kind, name, version, path, source=SourcePackage(name, version), guessed=PACKAGE_NOTE)


def kept(note: Package, *recorded: Package, owned: str = "") -> bool:
    return note in without_recorded([*recorded, note], lambda path: "pkg:deb/x@1" if path == owned else "")


def test_a_note_is_left_to_the_package_that_owns_its_program() -> None:
    assert not kept(noted("deb", "systemd", "252-1"), owned="bin/x")
    assert kept(noted("deb", "systemd", "252-1"), owned="bin/y")


@pytest.mark.parametrize(
    ("note", "recorded"),
    [
        (("deb", "systemd", "252-1"), Package("deb", "systemd", "252-1", "status")),
        (("deb", "systemd", "252-1"), Package("deb", "udev", "252-1", "s", source=SourcePackage("systemd", "252-1"))),
        (("deb", "x", "1-1+b1"), Package("deb", "libx", "1-1+b1", "s", source=SourcePackage("x", "1-1"))),
        (
            ("rpm", "openssl", "3.2-1"),
            Package("rpm", "libs", "1:3.2-1", "s", source=SourcePackage("openssl", "")),
        ),
        (("rpm", "util-linux", "2.37.4"), Package("rpm", "util-linux", "2.37.4-9.cm2", "s")),
    ],
)
def test_a_note_is_left_to_a_package_of_the_same_source(note: tuple[str, str, str], recorded: Package) -> None:
    assert not kept(noted(*note), recorded)


@pytest.mark.parametrize(
    ("note", "recorded"),
    [
        (("deb", "systemd", "252-1"), Package("deb", "systemd", "252-2", "status")),
        (("deb", "systemd", "252-1"), Package("rpm", "systemd", "252-1", "status")),
        (("deb", "openssl", "3.2-1"), Package("deb", "openssl", "1:3.2-1", "status")),
        (("deb", "systemd", "252-1"), noted("deb", "systemd", "252-1", "bin/y")),
    ],
)
def test_a_note_of_another_package_stays(note: tuple[str, str, str], recorded: Package) -> None:
    assert kept(noted(*note), recorded)
