"""Records as the kernel's programs write them, and the types that a built object describes."""

import struct
from collections.abc import Iterator
from typing import Final

from oakum.facts.record import ANCESTOR, FILE_KEY, HEAD, Scene
from oakum.model.event import Process

BOOTED: Final = 1_000_000_000_000
GROUP: Final = 709
CONTAINER: Final = "a1" * 32
NOBODY: Final = 0xFFFFFFFF


def scene() -> Scene:
    """One container, in control group 709."""
    return Scene("here", BOOTED, {GROUP: CONTAINER})


def made(kind: int, body: bytes, *, flags: int = 0, depth: int = 0, login: int = NOBODY) -> bytes:
    """A record of process 7 of user 1000, called sh, at 500 ns."""
    size = HEAD.size + len(body)
    values = (size, kind, flags, 500, GROUP, 400, 7, 8, 1000, login, 4_026_532_000, depth, b"sh")
    return struct.pack("<" + "".join(HEAD.fields.values()), *values) + body


def ancestors(*every: Process) -> bytes:
    """Room for six ancestors, with these."""
    form = "<" + "".join(ANCESTOR.fields.values())
    rows = [struct.pack(form, one.started, one.pid, 0, one.name.encode()) for one in every]
    return b"".join(rows).ljust(6 * ANCESTOR.size, b"\0")


def file(inode: int, changed: int, device: int) -> bytes:
    """A file's key; the device as the kernel has it."""
    return struct.pack("<" + "".join(FILE_KEY.fields.values()), inode, changed, device, 1)


def parts(path: str) -> bytes:
    """A path as the kernel's walk writes it: leaf first."""
    return b"".join(part.encode() + b"\0" for part in reversed(path.strip("/").split("/")))


_KINDS_WITH_ARRAY: Final = 3
_STRUCT: Final = 4
_EXTRA: Final = {1: 4, 3: 12, 14: 4, 17: 4}
"""Bytes behind a type's header, of kinds whose members are not counted (include/uapi/linux/btf.h)."""

_PER_MEMBER: Final = {4: 12, 5: 12, 6: 8, 13: 8, 15: 12, 19: 12}


class Types:
    """The BTF section of an object file; little-endian."""

    def __init__(self, path: str) -> None:
        """Read it."""
        with open(path, "rb") as opened:
            raw = _section(opened.read(), b".BTF")
        _, _, _, head, types_at, types_size, names_at, _ = struct.unpack_from("<HBBIIIII", raw)
        self._names = raw[head + names_at :]
        self._types: list[tuple[str, int, int, int, bytes]] = [("", 0, 0, 0, b"")]
        for one in self._read(raw[head + types_at : head + types_at + types_size]):
            self._types.append(one)

    def offsets(self, name: str) -> dict[str, tuple[int, int]]:
        """Where each member of a struct begins, and its size; members of members by ``a.b``."""
        number = next(at for at, one in enumerate(self._types) if one[0] == name and one[1] == _STRUCT)
        return dict(self._members(number, 0, ""))

    def size(self, number: int) -> int:
        """The size of a type."""
        _, kind, count, size, more = self._types[number]
        del count
        if kind == _KINDS_WITH_ARRAY:
            element, _, length = struct.unpack("<III", more)
            return int(length) * self.size(element)
        return self.size(size) if kind in {8, 9, 10, 11, 18} else size

    def _members(self, number: int, base: int, before: str) -> Iterator[tuple[str, tuple[int, int]]]:
        for name, type_, bits in struct.iter_unpack("<III", self._types[number][4]):
            at = base + bits // 8
            called = before + self._text(name)
            yield called, (at, self.size(type_))
            if self._types[type_][1] == _STRUCT:
                yield from self._members(type_, at, called + ".")

    def _read(self, raw: bytes) -> Iterator[tuple[str, int, int, int, bytes]]:
        at = 0
        while at < len(raw):
            name, info, size = struct.unpack_from("<III", raw, at)
            kind, count = info >> 24 & 0x1F, info & 0xFFFF
            more = _EXTRA.get(kind, 0) + _PER_MEMBER.get(kind, 0) * count
            yield self._text(name), kind, count, size, raw[at + 12 : at + 12 + more]
            at += 12 + more

    def _text(self, at: int) -> str:
        return self._names[at : self._names.index(b"\0", at)].decode()


def _section(raw: bytes, wanted: bytes) -> bytes:
    """A section of a 64-bit ELF file by its name."""
    (table,) = struct.unpack_from("<Q", raw, 40)
    entry, count, names = struct.unpack_from("<HHH", raw, 58)
    headers = [struct.unpack_from("<IIQQQQ", raw, table + one * entry) for one in range(count)]
    texts = headers[names][4]
    for name, _, _, _, begin, size in headers:
        if raw[texts + name : raw.index(b"\0", texts + name)] == wanted:
            return raw[begin : begin + size]
    raise LookupError(wanted)
