"""Alpine packages as files, written here by the documentation of their format."""

import gzip
import io
import tarfile

import pytest

from oakum.facts.catalogers.apk_archive import apk_archive
from oakum.kit.errors import DamagedError
from oakum.model.fact import Gap, Package, SourcePackage
from oakum.testing.files import read

PATH = "packages/demo.apk"


def stream(name: str, content: bytes) -> bytes:
    """A tar of one file without the zeros that end it, packed."""
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w") as archive:
        info = tarfile.TarInfo(name)
        info.size = len(content)
        archive.addfile(info, io.BytesIO(content))
        end = archive.offset
    return gzip.compress(raw.getvalue()[:end], mtime=0)


def test_the_control_part_names_the_package() -> None:
    info = b"# pkgname = no\npkgname = demo\npkgver=1.0-r2\norigin = big\narch = x86_64\nlicense = MIT AND ISC\n"
    data = stream(".SIGN.RSA.key", b"s") + stream(".PKGINFO", info) + b"\x1f\x8bthe rest is not looked at"
    (found,) = read(apk_archive, {PATH: data})
    source = SourcePackage("big", "1.0-r2")
    assert found == Package("apk", "demo", "1.0-r2", PATH, arch="x86_64", source=source, licenses=("MIT AND ISC",))


def test_without_a_version_it_is_a_gap() -> None:
    (gap,) = read(apk_archive, {PATH: stream(".PKGINFO", b"pkgname = demo\n")})
    assert isinstance(gap, Gap)


def test_what_is_of_android_or_of_version_3() -> None:
    assert read(apk_archive, {PATH: b"PK\3\4"}) == []
    (gap,) = read(apk_archive, {PATH: b"ADBd"})
    assert isinstance(gap, Gap)


@pytest.mark.parametrize(
    "data",
    [b"", b"none", gzip.compress(b""), stream("other", b""), stream(".PKGINFO", b"")[:-9]],
    ids=["empty", "no gzip", "no tar", "no list", "cut off"],
)
def test_what_is_none_is_damaged(data: bytes) -> None:
    with pytest.raises(DamagedError):
        read(apk_archive, {PATH: data})
