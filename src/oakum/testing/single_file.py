"""Writes .NET programs in one file, as ``dotnet publish -p:PublishSingleFile=true`` makes them of an apphost.

After dotnet/runtime's description of the bundle; what it writes has the form of real ones of .NET 9 and 10.
"""

import struct
import zlib
from collections.abc import Collection, Mapping
from typing import Final

SIGNATURE: Final = bytes.fromhex("8b1202b96a612038727b930214d7a03213f5b9e6efae3318ee3b2dce24b36aae")
HOST: Final = b"\x7fELF".ljust(64, b"\0")
_KINDS: Final = {".dll": 1, ".so": 2, ".deps.json": 3, ".runtimeconfig.json": 4, ".pdb": 5}


def single_file(
    files: Mapping[str, bytes],
    *,
    major: int = 6,
    packed: Collection[str] = (),
    host: bytes = HOST,
    count: int | None = None,
) -> bytes:
    """A program with these files behind it.

    Args:
        files: by path; without any the program is one that nothing was put behind.
        major: the version of the form: 1, 2 or 6.
        packed: paths of those that are compressed, which the form knows since 6.
        host: what the program begins with.
        count: how many files it says to have, where that is a lie.
    """
    body, entries, places = b"", b"", {}
    begin = len(host) + 8 + len(SIGNATURE)
    for path, content in files.items():
        held = _deflated(content) if path in packed else content
        place = begin + len(body)
        kind = next((number for ending, number in _KINDS.items() if path.endswith(ending)), 0)
        places[kind] = (place, len(content))
        entries += struct.pack("<qq", place, len(content))
        if major >= 6:  # noqa: PLR2004 - since .NET 6
            entries += struct.pack("<q", len(held) if path in packed else 0)
        entries += bytes((kind,)) + _text(path)
        body += held
    header = struct.pack("<IIi", major, 0, len(files) if count is None else count) + _text("a1b2c3d4e5f6")
    if major > 1:
        header += struct.pack("<qqqqQ", *places.get(3, (0, 0)), *places.get(4, (0, 0)), 0)
    manifest = begin + len(body) if files else 0
    return host + struct.pack("<q", manifest) + SIGNATURE + (body + header + entries if files else b"")


def _deflated(content: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(content) + packer.flush()


def _text(text: str) -> bytes:
    data = text.encode()
    length, before = len(data), b""
    while length > 0x7F:  # noqa: PLR2004 - seven bits in a byte
        before, length = before + bytes((length & 0x7F | 0x80,)), length >> 7
    return before + bytes((length,)) + data
