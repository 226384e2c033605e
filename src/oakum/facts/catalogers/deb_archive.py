"""Cataloger of Debian packages that lie there as files."""

from collections.abc import Iterator
from typing import BinaryIO, Final

from oakum.facts.cataloger import DECLARED, Group, cataloger
from oakum.facts.dpkg_stanza import dpkg_package
from oakum.facts.files import Files
from oakum.facts.package_archive import first_file, piece_of
from oakum.facts.stanzas import stanzas
from oakum.kit.archive.ar import Member, members
from oakum.kit.archive.unpack import unpacked_pieces
from oakum.kit.errors import DamagedError, UnreadableError
from oakum.kit.limits import PACKAGE_CONTROL_BYTES
from oakum.model.fact import Fact

_FORMAT: Final = "debian-binary"
_MOST: Final = 16
"""Members that are looked at; of an honest package the second is the one, and few may stand before it."""

_PACKED: Final = {"control.tar": "", "control.tar.gz": "gzip", "control.tar.xz": "xz", "control.tar.zst": "zstd"}


@cataloger(
    version=1,
    reads=DECLARED,
    debs=Group(glob="**/*.deb", large=True, loose=True),
    udebs=Group(glob="**/*.udeb", large=True, loose=True),
)
def deb_archive(files: Files) -> Iterator[Fact]:
    """Debian packages that lie there as files and were not installed.

    The archive's member ``control.tar``, packed with gzip, xz or zstandard, holds the file ``control``, whose fields
    are those of dpkg's database (deb(5), deb-control(5)). In an image or a root file system such a file
    is what an installation left over, and what is installed stands in the database.
    """
    for file in files.every():
        with file.open() as content:
            control = _control(content)
        stanza = next(stanzas(control.decode("utf-8", "replace")), "")
        yield dpkg_package(stanza, file.path, "a package's archive")


def _control(content: BinaryIO) -> bytes:
    every = members(content, _MOST)
    first = next(every, None)
    if first is None or first.name != _FORMAT:
        raise DamagedError("is no Debian package")
    version = b"".join(piece_of(content, first.offset, min(first.size, 4)))
    if not version.startswith(b"2."):
        raise UnreadableError("is a Debian package of a format that is not known")
    for member in every:
        if member.name in _PACKED:
            return _unpacked(content, member)
    raise DamagedError("is a Debian package without a control archive")


def _unpacked(content: BinaryIO, member: Member) -> bytes:
    pieces = piece_of(content, member.offset, member.size)
    return first_file(unpacked_pieces(pieces, _PACKED[member.name], PACKAGE_CONTROL_BYTES), "control")
