"""Cataloger of Alpine packages that lie there as files."""

from collections.abc import Iterator
from typing import Final

from oakum.facts.bounds import statement
from oakum.facts.cataloger import DECLARED, Group, cataloger
from oakum.facts.files import File, Files
from oakum.facts.lockfile import release
from oakum.facts.package_archive import first_file, piece_of
from oakum.kit.archive.unpack import compression, unpacked_pieces
from oakum.kit.errors import DamagedError
from oakum.kit.limits import PACKAGE_CONTROL_BYTES
from oakum.model import gaps
from oakum.model.fact import Fact, Gap, Package, SourcePackage

_ANDROID: Final = b"PK"
_NEW: Final = b"ADB"
_MAGIC_BYTES: Final = 4


@cataloger(version=1, reads=DECLARED, apks=Group(glob="**/*.apk", large=True, loose=True))
def apk_archive(files: Files) -> Iterator[Fact]:
    """Alpine packages that lie there as files and were not installed.

    A package is a tar in two or three gzip streams: signatures, control, data. Its control part begins with
    ``.PKGINFO``, lines of ``key = value`` (apk-package(5); Alpine's wiki, "Apk spec"). The format of version 3
    (``ADB``) is not read, which is a gap. A program for Android bears the same ending and is none of these.
    """
    for file in files.apks:
        with file.open() as content:
            magic = content.read(_MAGIC_BYTES)
        if magic.startswith(_NEW):
            yield Gap(gaps.UNREADABLE_FILE, "is an Alpine package of version 3, which is not read", file.path)
        elif not magic.startswith(_ANDROID):
            yield _package(file, magic)


def _package(file: File, magic: bytes) -> Package | Gap:
    if compression(magic) != "gzip":
        raise DamagedError("is no Alpine package")
    with file.open() as content:
        tar = unpacked_pieces(piece_of(content, 0, file.size), "gzip", PACKAGE_CONTROL_BYTES)
        fields = _fields(first_file(tar, ".PKGINFO").decode("utf-8", "replace"))
    version = fields.get("pkgver", "")
    return release(
        Package(
            "apk",
            fields.get("pkgname", ""),
            version,
            file.path,
            arch=fields.get("arch", ""),
            source=SourcePackage(fields.get("origin") or fields.get("pkgname", ""), version),
            licenses=statement(fields.get("license", "")),
        )
    )


def _fields(text: str) -> dict[str, str]:
    """The first value of each key; lines that begin with a number sign are comments."""
    found: dict[str, str] = {}
    for line in text.split("\n"):
        key, equals, value = line.partition("=")
        if equals and not line.startswith("#"):
            found.setdefault(key.strip(), value.strip())
    return found
