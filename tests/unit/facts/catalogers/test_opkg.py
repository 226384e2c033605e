from oakum.facts.catalogers.opkg import opkg
from oakum.model.fact import Gap, Owns, Package
from oakum.testing.files import read

STATUS = "usr/lib/opkg/status"


def test_removed_packages_are_not_installed() -> None:
    text = b"Package: a\nVersion: 1\nStatus: x not-installed\n\nPackage: b\nVersion: 2\nStatus: - - installed\n"
    (package,) = read(opkg, {STATUS: text})
    assert isinstance(package, Package)
    assert package.name == "b"


def test_needs_and_files_are_named() -> None:
    text = b"Package: a\nVersion: 1\nDepends: libc, x (>= 1)\n\nPackage: musl\nVersion: 1\nProvides: libc\n"
    package, _, owns = read(opkg, {STATUS: text, "usr/lib/opkg/info/a.list": b"/bin/a\n"})
    assert isinstance(package, Package)
    assert package.depends == ("musl",)
    assert owns == Owns("opkg", "a", "usr/lib/opkg/info/a.list", "bin/a")


def test_a_nameless_package_is_a_gap() -> None:
    (gap,) = read(opkg, {STATUS: b"Version: 1\n"})
    assert isinstance(gap, Gap)
