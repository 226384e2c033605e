import pytest

from oakum.facts.catalogers.portage import portage
from oakum.model.fact import Gap, Owns, Package
from oakum.testing.files import read


@pytest.mark.parametrize(
    ("folder", "name", "version"),
    [
        ("app-shells/bash-5.2_p26-r6", "app-shells/bash", "5.2_p26-r6"),
        ("dev-libs/libxml2-2.12.5", "dev-libs/libxml2", "2.12.5"),
        ("x11-libs/gtk+-3.24.41-r1", "x11-libs/gtk+", "3.24.41-r1"),
        ("media-fonts/font-util-1.4.1", "media-fonts/font-util", "1.4.1"),
        ("dev-lang/R-4.3.2", "dev-lang/R", "4.3.2"),
    ],
)
def test_name_and_version_are_in_the_folder(folder: str, name: str, version: str) -> None:
    (package,) = read(portage, {f"var/db/pkg/{folder}/PF": b"", f"var/db/pkg/{folder}/SLOT": b"0"})
    assert isinstance(package, Package)
    assert (package.name, package.version) == (name, version)


@pytest.mark.parametrize("folder", ["a/b", "a/b-c", "a/-1", "a/b-r1", "a/r1"])
def test_a_folder_without_a_version_is_a_gap(folder: str) -> None:
    (gap,) = read(portage, {f"var/db/pkg/{folder}/PF": b""})
    assert isinstance(gap, Gap)


def test_objects_and_links_are_owned_and_folders_are_not() -> None:
    lines = b"dir /usr\nobj /usr/a b 0123 17\nsym /usr/c -> a b 17\nfif /usr/pipe\n"
    _, owns = read(portage, {"var/db/pkg/a/b-1/PF": b"", "var/db/pkg/a/b-1/CONTENTS": lines})
    assert isinstance(owns, Owns)
    assert owns.files == "usr/a b\nusr/c"
