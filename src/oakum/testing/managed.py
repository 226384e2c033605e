"""Builds .NET libraries, as far as their headers and their version resource go."""

import struct
from collections.abc import Mapping
from typing import Final

_SECTION: Final = 0x2000
_OFFSET: Final = 0x200
_TREE: Final = 88
"""Three directories of one entry each, and the place of what they lead to."""


def managed_library(said: Mapping[str, str], *, managed: bool = True, wide: bool = True) -> bytes:
    """A library whose version resource says these strings.

    Args:
        said: by key, as compilers write them: ``OriginalFilename``, ``ProductVersion`` ...
        managed: whether it has the header of the common language runtime.
        wide: PE32+ instead of PE32.
    """
    resource = _version(said)
    tree = b"".join(_directory(number, place) for number, place in ((16, 1 << 31 | 24), (1, 1 << 31 | 48), (0, 72)))
    section = tree + struct.pack("<IIII", _SECTION + _TREE, len(resource), 0, 0) + resource
    directories = [(0, 0)] * 16
    directories[2] = (_SECTION, len(section))
    directories[14] = (_SECTION, 72) if managed else (0, 0)
    before = 110 if wide else 94
    optional = struct.pack("<H", 0x20B if wide else 0x10B).ljust(before - 2, b"\0") + struct.pack("<I", 16)
    optional += b"".join(struct.pack("<II", *one) for one in directories)
    header = b"PE\0\0" + struct.pack("<HHIIIHH", 0x8664, 1, 0, 0, 0, len(optional), 0x2022)
    header += optional + b".rsrc\0\0\0" + struct.pack("<IIII16x", len(section), _SECTION, len(section), _OFFSET)
    begin = b"MZ".ljust(0x3C, b"\0") + struct.pack("<I", 0x40)
    return (begin + header).ljust(_OFFSET, b"\0") + section


def _directory(number: int, place: int) -> bytes:
    return struct.pack("<12xHHII", 0, 1, number, place)


def _version(said: Mapping[str, str]) -> bytes:
    strings = b"".join(_padded(_block(key, _words(text), length=len(text) + 1)) for key, text in said.items())
    table = _block("StringFileInfo", _block("000004b0", strings))
    fixed = struct.pack("<I48x", 0xFEEF04BD)
    var = _padded(_block("VarFileInfo", _block("Translation", b"\0\0\xb0\x04", length=4, text=False)))
    return _block("VS_VERSION_INFO", fixed + var + table, length=len(fixed), text=False)


def _block(key: str, value: bytes, *, length: int = 0, text: bool = True) -> bytes:
    head = _padded(b"\0" * 6 + _words(key))
    return struct.pack("<HHH", len(head) + len(value), length, text) + head[6:] + value


def _words(text: str) -> bytes:
    return (text + "\0").encode("utf-16-le")


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % 4)
