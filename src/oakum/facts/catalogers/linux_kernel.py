"""Cataloger of Linux kernels that no package database records."""

import re
import struct
from collections.abc import Iterator
from typing import Final

from oakum.facts.bounds import bounded
from oakum.facts.cataloger import Group, cataloger
from oakum.facts.files import Files
from oakum.kit.limits import KIB
from oakum.model.fact import Fact, Package

_HEAD: Final = 64 * KIB
_MAGIC_AT: Final = 0x202
_VERSION_AT: Final = 0x20E
_BASE: Final = 0x200
_VERSION: Final = re.compile(rb"(\d{1,3}\.\d{1,4}[\w.+~-]{0,100})(?: |\0)")


@cataloger(
    version=1,
    boot=Group(glob="boot/vmlinuz-*", large=True, loose=True),
    kernels=Group(glob="**/vmlinuz", large=True, loose=True),
)
def linux_kernel(files: Files) -> Iterator[Fact]:
    """Linux kernels, by the release that their boot header states (``uname -r``).

    The header of a bootable image for x86 says where the text of its version stands ("The Linux/x86 Boot Protocol",
    ``kernel_version``). Images of other architectures have none: they are listed without a version. Kernels
    in virtual machines and root file systems are meant; a container runs on its host's.
    """
    for file in files.every():
        with file.open() as content:
            head = content.read(_HEAD)
        yield bounded(Package("generic", "linux-kernel", _release(head), file.path))


def _release(head: bytes) -> str:
    """What the header says, or nothing."""
    if head[_MAGIC_AT : _MAGIC_AT + 4] != b"HdrS":
        return ""
    (at,) = struct.unpack_from("<H", head.ljust(_VERSION_AT + 2, b"\0"), _VERSION_AT)
    said = _VERSION.match(head, _BASE + at) if at else None
    return said[1].decode("ascii", "replace") if said else ""
