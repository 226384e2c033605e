"""Cataloger of the packages that programs say they were built from."""

import re
import struct
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from msgspec import MsgspecError, Struct
from msgspec.json import decode
from msgspec.structs import replace

from oakum.facts.bounds import bounded
from oakum.facts.cataloger import Content, cataloger
from oakum.facts.files import Files
from oakum.facts.lockfile import text
from oakum.kit.errors import UnreadableError
from oakum.kit.limits import FIELD_CHARACTERS
from oakum.model import gaps
from oakum.model.distributions import SYSTEM_TYPES
from oakum.model.fact import Distribution, Fact, Gap, Package, SourcePackage
from oakum.model.package_note import PACKAGE_NOTE
from oakum.model.package_purl import package_purl

_OWNER: Final = b"FDO\0"
_KIND: Final = 0xCAFE1A7E
_HEADERS: Final = {order: struct.Struct(order + "III") for order in "<>"}
"""Length of the owner, length of the content, type of the note; the owner follows."""
_ALIGN: Final = 4
_MOST: Final = 4
"""Notes of one program; an honest one has one."""

_CPE: Final = re.compile(r"cpe:(?:/|2\.3:)o:([^:]*):([^:]*)(?::([^:]*))?")
_RELEASE: Final = re.compile(r"\d[\w.]*")
_PRODUCTS: Final = {
    ("almalinux", "almalinux"): "almalinux",
    ("amazon", "amazon_linux"): "amzn",
    ("canonical", "ubuntu_linux"): "ubuntu",
    ("debian", "debian_linux"): "debian",
    ("opensuse", "leap"): "opensuse-leap",
    ("opensuse", "tumbleweed"): "opensuse-tumbleweed",
    ("oracle", "linux"): "ol",
    ("redhat", "enterprise_linux"): "rhel",
    ("rocky", "rocky"): "rocky",
    ("rocky", "rocky_linux"): "rocky",
}
"""``ID`` in os-release by the vendor and product of a CPE name; where it is not here, the product's name is it."""


class _Note(Struct, rename={"os_version": "osVersion", "os_cpe": "osCpe"}):
    """The well-known keys that say what was built for whom; anything may stand there."""

    type: Any = None
    name: Any = None
    version: Any = None
    architecture: Any = None
    os: Any = None
    os_version: Any = None
    os_cpe: Any = None


@cataloger(version=1, programs=Content(magic=b"\x7fELF".hex(), marker=_OWNER.hex(), notes=True))
def elf_package_note(files: Files) -> Iterator[Fact]:
    """Packages that programs and libraries say they were built from.

    Linkers put a note into a program where its packager asks for it (``.note.package``; UAPI.8, "Package Metadata for
    Executable Files"): Fedora and its kin, Ubuntu, Wolfi, Azure Linux, some packages of Debian. It names the source
    package with its version, and mostly the distribution, also in an image without a package database, or in a library
    that was bundled elsewhere. Where a package database knows the file, or the package, it speaks for it.
    """
    for file in files.programs:
        payloads = islice((one for notes in file.windows for one in _payloads(notes)), _MOST)
        for payload in dict.fromkeys(payloads):
            yield _package(payload, file.path)


def _payloads(notes: bytes) -> Iterator[bytes]:
    """The contents of the notes of this kind, in either order of bytes."""
    at = notes.find(_OWNER)
    while at >= 0:
        for layout in _HEADERS.values():
            begin = at - layout.size
            if begin >= 0 and begin % _ALIGN == 0:
                owner, length, kind = layout.unpack_from(notes, begin)
                if (owner, kind) == (len(_OWNER), _KIND):
                    content = notes[at + len(_OWNER) :][:length]
                    if len(content) < length:
                        raise UnreadableError("its package note is cut off")
                    yield content.rstrip(b"\0")
        at = notes.find(_OWNER, at + 1)


def _package(payload: bytes, path: str) -> Package | Gap:
    """The package that a note names.

    Raises:
        UnreadableError: it is no JSON, or names no package.
    """
    try:
        note = decode(payload, type=_Note)
    except (MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise UnreadableError(f"its package note cannot be read ({str(error)[:200]})") from error
    kind, name, version = text(note.type).lower(), text(note.name), text(note.version)
    if not (kind and name and version):
        raise UnreadableError("its package note does not name a package with type and version")
    if kind not in SYSTEM_TYPES:
        what = f"its package note names {name[:100]} {version[:100]} of the type {kind[:50]}, which nothing here judges"
        return Gap(gaps.UNIDENTIFIED_PACKAGE, what, path)
    source = SourcePackage(name, version)
    arch = text(note.architecture)[:FIELD_CHARACTERS]
    package = Package(kind, name, version, path, arch=arch, source=source, guessed=PACKAGE_NOTE)
    found = bounded(package)
    distribution = _distribution(note)
    return replace(package, purl=package_purl(package, distribution)) if distribution and found is package else found


def _distribution(note: _Note) -> Distribution | None:
    """The distribution that the program was built for, by its name or by its CPE name."""
    identity, version = text(note.os).lower(), text(note.os_version)
    if not identity:
        found = _CPE.match(text(note.os_cpe).lower()[:FIELD_CHARACTERS])
        if found is None:
            return None
        vendor, product, version = found[1], found[2], found[3] or ""
        identity = _PRODUCTS.get((vendor, product), product)
        version = version if _RELEASE.fullmatch(version) else ""
    if not identity or len(identity) + len(version) > FIELD_CHARACTERS:
        return None
    return Distribution(identity, version, "", "")
