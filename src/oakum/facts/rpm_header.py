"""What the header of an installed rpm says.

In a database a header has no magic: two numbers (entries, bytes of data), entries of tag, type, offset and count, then
the data (rpm, ``docs/manual/format.md``, "Header Structure"). Region entries and what was added after an installation
stand among the others and need no care here.
"""

from collections.abc import Iterator
from struct import iter_unpack, unpack_from
from typing import Final

from msgspec import Struct

from oakum.facts.room import Room
from oakum.kit import limits
from oakum.kit.errors import DamagedError

_NAME, _VERSION, _RELEASE, _EPOCH, _LICENSE, _ARCH, _SOURCE = 1000, 1001, 1002, 1003, 1014, 1022, 1044
_VENDOR, _DISTRIBUTION = 1011, 1010
_PROVIDES, _REQUIRES, _OLD_FILES, _DIRECTORY_OF, _BASENAMES, _DIRECTORIES, _MODULE = (
    1047, 1049, 1027, 1116, 1117, 1118, 5096,
)  # fmt: skip
_WANTED: Final = frozenset({
    _NAME, _VERSION, _RELEASE, _EPOCH, _LICENSE, _ARCH, _SOURCE, _VENDOR, _DISTRIBUTION,
    _PROVIDES, _REQUIRES, _OLD_FILES, _DIRECTORY_OF, _BASENAMES, _DIRECTORIES, _MODULE,
})  # fmt: skip
_INT32, _STRING, _STRINGS, _TRANSLATED = 4, 6, 8, 9
_ENTRY: Final = 16
_ENTRIES_FROM: Final = 8

_NEVER_A_PACKAGE: Final = ("usr/share/man/", "usr/share/locale/", "usr/share/licenses/", "usr/lib/.build-id/")
"""Folders of manuals, translations and links to debug files, in which no cataloger can want a file."""


class Header(Struct, frozen=True):
    """The parts of a header that a scan uses; a text is empty where there is none.

    Attributes:
        epoch: None where none is stated, which compares as 0.
        source: file name of the source package.
        module: ``name:stream:version:context`` of the module that it was built in.
        vendor: who built it.
        distribution: for what they did.
        provides: capabilities, without versions.
        requires: capabilities, without versions; those that begin with a slash are files.
        files: paths without leading slash, joined by newlines.
    """

    name: str
    version: str
    release: str
    epoch: int | None
    arch: str
    source: str
    license: str
    module: str
    vendor: str
    distribution: str
    provides: tuple[str, ...]
    requires: tuple[str, ...]
    files: str


class _Entries:
    """The wanted entries of a header; of a tag that stands there twice the first counts."""

    def __init__(self, blob: bytes, room: Room) -> None:
        count, size = unpack_from(">2I", blob) if len(blob) >= _ENTRIES_FROM else (limits.HEADER_ENTRIES + 1, 0)
        start = _ENTRIES_FROM + count * _ENTRY
        if count > limits.HEADER_ENTRIES or start + size > len(blob):
            raise DamagedError("a header is cut off")
        self._room = room
        self._data = blob[start : start + size]
        self._found: dict[int, tuple[int, int, int]] = {}
        for tag, kind, offset, values in iter_unpack(">4I", blob[_ENTRIES_FROM:start]):
            if tag in _WANTED:
                self._found.setdefault(tag, (kind, offset, values))

    def strings(self, tag: int) -> list[str]:
        kind, offset, count = self._found.get(tag, (_STRINGS, 0, 0))
        if kind not in (_STRING, _STRINGS, _TRANSLATED):
            return []
        wanted = 1 if kind == _STRING else min(count, len(self._data))
        self._room.take(wanted)
        parts = self._data[offset:].split(b"\0", wanted)[:wanted]
        return b"\0".join(parts).decode("utf-8", "replace").split("\0") if parts else []

    def string(self, tag: int) -> str:
        return next(iter(self.strings(tag)), "").strip()

    def numbers(self, tag: int) -> tuple[int, ...]:
        kind, offset, count = self._found.get(tag, (_INT32, 0, 0))
        if kind != _INT32 or offset + 4 * count > len(self._data):
            return ()
        self._room.take(count)
        return unpack_from(f">{count}I", self._data, offset)


def parse_header(blob: bytes, room: Room) -> Header:
    """Take a header apart.

    Raises:
        DamagedError: it is shorter than it says.
        LimitError: the headers read so far say more than there is room for.
    """
    entries = _Entries(blob, room)
    return Header(
        name=entries.string(_NAME),
        version=entries.string(_VERSION),
        release=entries.string(_RELEASE),
        epoch=next(iter(entries.numbers(_EPOCH)), None),
        arch=entries.string(_ARCH),
        source=entries.string(_SOURCE),
        license=entries.string(_LICENSE),
        module=entries.string(_MODULE),
        vendor=entries.string(_VENDOR),
        distribution=entries.string(_DISTRIBUTION),
        provides=tuple(dict.fromkeys(entries.strings(_PROVIDES))),
        requires=tuple(dict.fromkeys(entries.strings(_REQUIRES))),
        files="\n".join(_files(entries, room)),
    )


def _files(entries: _Entries, room: Room) -> Iterator[str]:
    """Paths: a name each and the number of its folder; packages of rpm 3 have them whole."""
    folders = [folder.removeprefix("/") for folder in entries.strings(_DIRECTORIES)]
    kept = [len(folder) <= limits.NAME_BYTES and not folder.startswith(_NEVER_A_PACKAGE) for folder in folders]
    pairs = list(zip(entries.strings(_BASENAMES), entries.numbers(_DIRECTORY_OF), strict=False))
    pairs = [(name, at) for name, at in pairs if at < len(folders) and kept[at] and "\n" not in name]
    room.take(0, sum(len(folders[at]) + len(name) for name, at in pairs))  # before they are put together
    for name, at in pairs:
        yield folders[at] + name
    for path in entries.strings(_OLD_FILES):
        room.take(0, len(path))
        if "\n" not in path:
            yield path.removeprefix("/")
