from oakum.facts.catalogers.pacman import pacman
from oakum.model.fact import Gap, Owns, Package, SourcePackage
from oakum.testing.files import read

LOCAL = "var/lib/pacman/local"


def desc(**sections: str) -> bytes:
    return "".join(f"%{name.upper()}%\n{value}\n\n" for name, value in sections.items()).encode()


def test_the_base_is_the_source() -> None:
    (package,) = read(pacman, {f"{LOCAL}/gcc-libs-14-1/desc": desc(name="gcc-libs", version="14-1", base="gcc")})
    assert isinstance(package, Package)
    assert package.source == SourcePackage("gcc", "14-1")


def test_needs_are_names_without_versions() -> None:
    tree = {
        f"{LOCAL}/a-1/desc": desc(name="a", version="1", depends="libz.so=1-64\nglibc>=2.35\nsh"),
        f"{LOCAL}/b-1/desc": desc(name="b", version="1", provides="libz.so=1-64\nsh"),
        f"{LOCAL}/c-1/desc": desc(name="glibc", version="1"),
    }
    first = read(pacman, tree)[0]
    assert isinstance(first, Package)
    assert first.depends == ("b", "glibc")


def test_a_nameless_package_is_a_gap_and_owns_nothing() -> None:
    tree = {f"{LOCAL}/a-1/desc": desc(version="1"), f"{LOCAL}/a-1/files": b"%FILES%\nusr/x\n"}
    (gap,) = read(pacman, tree)
    assert isinstance(gap, Gap)


def test_folders_and_backups_are_not_owned() -> None:
    files = b"%FILES%\nusr/\nusr/x y\n\n%BACKUP%\netc/x\tsum\n"
    _, owns = read(pacman, {f"{LOCAL}/a-1/desc": desc(name="a", version="1"), f"{LOCAL}/a-1/files": files})
    assert isinstance(owns, Owns)
    assert owns.files == "usr/x y"
