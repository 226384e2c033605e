"""The tree of an Electron archive (asar): a header as JSON, then all files one after another.

The header is a Chromium pickle of a pickle: four numbers of 32 bits in little endian (four, the length of the rest of
the header, of its content, of the text), then the text, then zeros up to a multiple of four (electron/asar, "Format").
"""

import struct
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from msgspec import MsgspecError, Struct
from msgspec.json import decode

from oakum.kit.errors import LimitError, UnreadableError
from oakum.kit.limits import ARCHIVE_ENTRIES, MIB, NAME_BYTES

_START: Final = struct.Struct("<4I")
_NUMBER: Final = 4
_OFFSET: Final = 2 * _NUMBER
_DIGITS: Final = 15
_HEADER_BYTES: Final = 64 * MIB


class Entry(Struct, frozen=True):
    """One file of the archive: its path, and where it lies in the archive."""

    path: str
    begin: int
    size: int


def entries(archive: BinaryIO) -> Iterator[Entry]:
    """The files that lie in the archive; links and what was left outside of it are passed over.

    Raises:
        UnreadableError: it is no such archive, or it is cut off.
        LimitError: its header is too large, or names too many files.
    """
    start = archive.read(_START.size)
    if len(start) < _START.size:
        raise UnreadableError("the archive is cut off")
    four, rest, _, length = _START.unpack(start)
    if four != _NUMBER or length > rest:
        raise UnreadableError("is no archive of Electron")
    if rest > _HEADER_BYTES:
        raise LimitError(f"its list of files is longer than {_HEADER_BYTES} bytes")
    text = archive.read(length)
    if len(text) < length:
        raise UnreadableError("the archive is cut off")
    try:
        tree = decode(text)
    except (MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise UnreadableError("its list of files is no JSON") from error
    yield from _files(tree, _OFFSET + rest)


def _files(tree: Any, begin: int) -> Iterator[Entry]:  # noqa: ANN401 - JSON of any kind
    """All files, without recursion: how deep the folders are is the archive's choice."""
    waiting, seen = [("", tree)], 0
    while waiting:
        path, node = waiting.pop()
        inside = node.get("files") if isinstance(node, dict) else None
        if isinstance(inside, dict):
            seen += len(inside)
            if seen > ARCHIVE_ENTRIES:
                raise LimitError(f"it names more than {ARCHIVE_ENTRIES} files")
            waiting.extend((_joined(path, name), child) for name, child in inside.items())
            continue
        entry = _entry(path, node, begin)
        if entry is not None:
            yield entry


def _joined(path: str, name: str) -> str:
    if len(path) + len(name) >= NAME_BYTES:
        raise LimitError("it names a file by a longer path than any system has")
    return f"{path}/{name}" if path else name


def _entry(path: str, node: Any, begin: int) -> Entry | None:  # noqa: ANN401 - JSON of any kind
    if not isinstance(node, dict):
        return None
    offset, size = node.get("offset"), node.get("size")
    if not isinstance(offset, str) or not isinstance(size, int) or size < 0:
        return None
    if not offset.isdecimal() or len(offset) > _DIGITS:
        return None
    return Entry(path, begin + int(offset), size)
