"""Cataloger of rpm packages that lie there as files."""

from collections.abc import Iterator
from struct import unpack
from typing import BinaryIO, Final

from msgspec.structs import replace

from oakum.facts.cataloger import DECLARED, Group, cataloger
from oakum.facts.files import Files
from oakum.facts.package_archive import piece_of
from oakum.facts.room import Room
from oakum.facts.rpm_header import Header, parse_header
from oakum.facts.rpm_names import rpm_package
from oakum.facts.rpm_vendor import vendor_distribution
from oakum.kit.errors import DamagedError, LimitError
from oakum.kit.limits import PACKAGE_HEADER_BYTES
from oakum.model.fact import Fact, Gap, Package, SourcePackage
from oakum.model.package_purl import package_purl

_LEAD: Final = b"\xed\xab\xee\xdb"
_LEAD_BYTES: Final = 96
_HEADER: Final = b"\x8e\xad\xe8\x01"
_INTRO_BYTES: Final = 16
_ENTRY_BYTES: Final = 16
_ALIGN: Final = 8


@cataloger(version=1, reads=DECLARED, rpms=Group(glob="**/*.rpm", large=True, loose=True))
def rpm_archive(files: Files) -> Iterator[Fact]:
    """Packages of rpm that lie there as files and were not installed.

    Behind the lead and a header with signatures stands the header that rpm's database keeps of an installed package
    (rpm, ``docs/manual/format_v4.md``); what it packs is not looked at. Where the header leaves no
    doubt who built the package and for which release, it is judged by the advisories of that release. One without
    a source package is a source package itself.
    """
    for file in files.rpms:
        with file.open() as content:
            header = parse_header(_main_header(content), Room())
        yield _placed(rpm_package(header, file.path, "a package's archive"), header)


def _placed(package: Package | Gap, header: Header) -> Package | Gap:
    """The package with the distribution that its header names, which no other file has to be asked for."""
    if isinstance(package, Gap):
        return package
    if not header.source:
        package = replace(package, arch="src", source=SourcePackage(package.name, package.version))
    distribution = vendor_distribution(header, package.path)
    return replace(package, purl=package_purl(package, distribution)) if distribution else package


def _main_header(content: BinaryIO) -> bytes:
    """The second of the two headers, without its magic, as the database has it."""
    lead = content.read(_LEAD_BYTES)
    if not lead.startswith(_LEAD):
        raise DamagedError("is no rpm package")
    signatures = _LEAD_BYTES + _INTRO_BYTES + _length(content, _LEAD_BYTES)
    start = signatures + -signatures % _ALIGN
    return b"".join(piece_of(content, start + _ALIGN, _ALIGN + _length(content, start)))


def _length(content: BinaryIO, offset: int) -> int:
    """How long the entries and the data of a header are."""
    intro = b"".join(piece_of(content, offset, _INTRO_BYTES))
    if not intro.startswith(_HEADER):
        raise DamagedError("what should be a header of the package is none")
    entries, size = unpack(">2I", intro[_ALIGN:])
    length = int(entries) * _ENTRY_BYTES + int(size)
    if length > PACKAGE_HEADER_BYTES:
        raise LimitError(f"has a header of more than {PACKAGE_HEADER_BYTES} bytes")
    return length
