"""A tar stream, walked once: the inner loop of every scan.

Not the standard library's ``tarfile``: that costs twice as much as decompressing does,
wants a seekable file for some of its work and is made for extracting. This walker never
extracts, so that a path that leaves the root or a device is a name and nothing more.
"""

import struct
from collections.abc import Iterator
from typing import Final

from oakum.kit.archive import tar_header as header
from oakum.kit.archive.tar_header import BLOCK, ZEROS
from oakum.kit.archive.walker import FILE, FOLDER, HARDLINK, OTHER, SPECIAL_BITS, SYMLINK
from oakum.kit.errors import DamagedError, LimitError
from oakum.kit.limits import EXTENDED_HEADER_BYTES, FILE_BYTES, LAYER_ENTRIES, NAME_BYTES, SPECIAL_FILES

_KINDS = {
    ord("0"): FILE,
    0: FILE,
    ord("7"): FILE,
    ord("S"): FILE,
    ord("1"): HARDLINK,
    ord("2"): SYMLINK,
    ord("5"): FOLDER,
}
_EXTENDED = header.EXTENDED
_ENDS = frozenset(b" \0")
_COMMON: Final = struct.Struct("<100s3xB20x11sB20xB100x5s")
"""Of a header: name, the mode's digit of special bits, size, what ends the size, type, five bytes of the magic."""
_WITH_MODE: Final = (FILE, HARDLINK)
_NOTHING_SPECIAL: Final = ord("0")
_PREFIX: Final = 345
_PLAIN_FILE: Final = ord("0")


class TarWalker:
    """Walks the entries of a tar that comes in chunks; implements ``Walker``.

    Raises (while iterating):
        DamagedError: the tar ends early or a header is none.
        LimitError: too many entries, or a name or an extended header that is too long.
    """

    def __init__(self, chunks: Iterator[bytes]) -> None:
        """Walk what ``chunks`` gives."""
        self.kind = OTHER
        self.size = 0
        self.link = ""
        self.special: list[tuple[str, int, int]] = []
        self._chunks = chunks
        self._buffer = b""
        self._at = 0
        self._left = 0  # stored bytes of the entry at hand that were not taken yet, padding included
        self._stored = 0  # stored bytes of the entry at hand that were not taken yet
        self._sparse: header.Stretches | None = None

    def __iter__(self) -> Iterator[str]:
        """The entries' paths in the order of the archive."""
        extended: dict[str, str] = {}
        entries = 0
        while True:
            if not extended:
                for path in self._plain_files(LAYER_ENTRIES - entries):
                    entries += 1
                    yield path
            block = self._next_block()
            if block is None:
                return
            flag = block[156]
            self.size = self._stored = size = _size(block)
            self._left = size + (-size % BLOCK)
            if block[257:262] != b"ustar" and not header.is_header(block):
                raise DamagedError("what should be a tar header is none")
            entries += 1
            if flag in _EXTENDED:
                self._extend(flag, extended)
            else:
                yield self._entry(block, flag, extended)
                extended = {}
            if entries > LAYER_ENTRIES:
                raise LimitError(f"more than {LAYER_ENTRIES} entries")

    def head(self, length: int) -> bytes:
        """The first bytes of the file at hand."""
        length = min(length, self._stored)
        if len(self._buffer) - self._at < length:
            self._fill(length)
        return self._buffer[self._at : self._at + length]

    def content(self) -> Iterator[bytes]:
        """The file at hand, holes of sparse files filled with zeros."""
        return self._pieces() if self._sparse is None else self._expanded(self._sparse)

    def _plain_files(self, most: int) -> Iterator[str]:
        """The files that follow, while their headers are as nearly all are and lie in the chunk at hand.

        This says nothing that ``_next_block`` and ``_entry`` would not say: it is the same in half the time. What it
        does not know it leaves to them, untouched.
        """
        unpack, clean = _COMMON.unpack_from, header.clean
        while most > 0:
            at = self._at + self._left
            if at + BLOCK > len(self._buffer):
                return
            name, bits, digits, end, flag, magic = unpack(self._buffer, at)
            if flag != _PLAIN_FILE or magic != b"ustar" or end not in _ENDS or not digits.isdigit():
                return
            if bits != _NOTHING_SPECIAL:
                return
            if self._buffer[at + _PREFIX]:
                return
            try:
                size = int(digits, 8)
            except ValueError:  # an 8 or a 9: dearer to look for than to run into
                return
            self._at = at + BLOCK
            self.size = self._stored = size
            self._left = size + (-size % BLOCK)
            self.kind = FILE
            self._sparse = None
            most -= 1
            yield clean(name.partition(b"\0")[0].decode("utf-8", "backslashreplace"))

    def _next_block(self) -> bytes | None:
        """The next header, or None at the end of the archive."""
        self._skip()
        at = self._at + BLOCK
        block = self._buffer[self._at : at]
        self._at = at
        if len(block) < BLOCK:
            block = self._across(block)
            if not block:
                return None
        if block[0] == 0 and block == ZEROS:
            for _ in self._chunks:  # what follows the end counts for the digest alone
                pass
            return None
        return block

    def _skip(self) -> None:
        """Pass over what is left of the entry at hand."""
        left = self._left
        have = len(self._buffer) - self._at
        while left > have:
            left -= have
            self._buffer = next(self._chunks, b"")
            self._at = 0
            have = len(self._buffer)
            if not have:
                if left > self._left - self._stored:
                    raise DamagedError("the tar ends inside a file")
                left = 0  # the file is whole: some writers (umoci) leave out what pads the last one, and the end mark
        self._at += left
        self._left = self._stored = 0

    def _across(self, block: bytes) -> bytes:
        """A block that goes on in the next chunks; empty at a clean end."""
        while len(block) < BLOCK:
            self._buffer = next(self._chunks, b"")
            self._at = BLOCK - len(block)
            if not self._buffer:
                if block:
                    raise DamagedError("the tar ends inside a header")
                return b""
            block += self._buffer[: self._at]
        return block

    def _fill(self, length: int) -> None:
        """Have at least ``length`` bytes at hand."""
        parts = [self._buffer[self._at :]]
        have = len(parts[0])
        while have < length:
            chunk = next(self._chunks, b"")
            if not chunk:
                raise DamagedError("the tar ends inside a file")
            parts.append(chunk)
            have += len(chunk)
        self._buffer = b"".join(parts)
        self._at = 0

    def _entry(self, block: bytes, flag: int, extended: dict[str, str]) -> str:
        """Take an entry in hand and give its path."""
        self.kind = _KINDS.get(flag, OTHER)
        self._sparse = None
        if extended:
            name = self._extended_name(block, extended)
        elif block[345] and block[257:263] == b"ustar\0":
            name = header.text(block[345:500]) + "/" + header.text(block[:100])
        else:
            name = block[:100].split(b"\0", 1)[0].decode("utf-8", "backslashreplace")
        if self.kind is not FILE:
            self._place_other(block, flag, extended)
        elif flag == header.GNU_SPARSE:
            self._sparse = self._old_sparse(block)
        elif flag == 0 and name[-1:] == "/":  # V7 tar knows a folder by its name
            self.kind = FOLDER
        path = header.clean(name)
        mode = header.lenient(block[100:108])
        if mode & SPECIAL_BITS and self.kind in _WITH_MODE and len(self.special) < SPECIAL_FILES:
            self.special.append((path, mode & 0o7777, header.lenient(block[108:116])))
        return path

    def _place_other(self, block: bytes, flag: int, extended: dict[str, str]) -> None:
        self.link = extended.get("linkpath") or header.text(block[157:257])
        if len(self.link) > NAME_BYTES:
            raise LimitError("a name is too long")
        if self.kind is HARDLINK:
            self.link = header.clean(self.link)
        if flag in header.WITHOUT_CONTENT:
            self._left = self._stored = self.size = 0

    def _extended_name(self, block: bytes, extended: dict[str, str]) -> str:
        """The name of an entry with extended headers; its size may stand there as well."""
        if "size" in extended:
            self._resize(extended["size"])
        if any(key.startswith("GNU.sparse.") for key in extended):
            self._pax_sparse(extended)
        name = extended.get("GNU.sparse.name") or extended.get("path")
        if name is None:
            prefix = header.text(block[345:500]) if block[257:263] == b"ustar\0" else ""
            name = (prefix + "/" if prefix else "") + header.text(block[:100])
        if len(name) > NAME_BYTES:
            raise LimitError("a name is too long")
        if "\0" in name:
            raise DamagedError("a name holds a NUL byte")
        return name

    def _resize(self, stated: str) -> None:
        self.size = self._stored = size = header.decimal(stated)
        self._left = size + (-size % BLOCK)

    def _extend(self, flag: int, extended: dict[str, str]) -> None:
        """Read an extended header; a global one says nothing that we use."""
        if self.size > EXTENDED_HEADER_BYTES:
            raise LimitError("an extended header is too long")
        data = b"".join(self._pieces())
        if flag == ord("x"):
            extended.update(header.pax_records(data))
        elif flag != ord("g"):
            extended["path" if flag == ord("L") else "linkpath"] = header.text(data)

    def _pieces(self) -> Iterator[bytes]:
        """The stored bytes of the entry at hand."""
        while self._stored:
            if self._at >= len(self._buffer):
                self._buffer = next(self._chunks, b"")
                self._at = 0
                if not self._buffer:
                    raise DamagedError("the tar ends inside a file")
            piece = self._buffer[self._at : self._at + self._stored]
            self._at += len(piece)
            self._stored -= len(piece)
            self._left -= len(piece)
            yield piece

    def _old_sparse(self, block: bytes) -> header.Stretches:
        stretches = list(header.old_sparse(block, 386, 4))
        self.size = header.number(block[483:495])
        more = block[482]
        while more:
            if len(stretches) * BLOCK > 21 * EXTENDED_HEADER_BYTES:
                raise LimitError("a sparse file has too many pieces")
            self._fill(BLOCK)
            extension = self._buffer[self._at : self._at + BLOCK]
            self._at += BLOCK
            stretches += header.old_sparse(extension, 0, 21)
            more = extension[504]
        return tuple(stretches)

    def _pax_sparse(self, extended: dict[str, str]) -> None:
        """Prepare a sparse file of pax format 0.1 or 1.0."""
        real = extended.get("GNU.sparse.realsize") or extended.get("GNU.sparse.size") or ""
        if extended.get("GNU.sparse.major") == "1":
            self._sparse = self._stored_map()
        else:
            self._sparse = header.pax_sparse(extended)
        if real:
            self.size = header.decimal(real)

    def _stored_map(self) -> header.Stretches:
        """The map of pax format 1.0: decimal lines at the head of the content, padded to a block."""
        numbers: list[int] = []
        rest = b""
        taken = 0
        while not numbers or len(numbers) < 1 + 2 * numbers[0]:
            taken += BLOCK
            if self._stored < BLOCK or taken > EXTENDED_HEADER_BYTES:
                raise DamagedError("the map of a sparse file is broken")
            self._fill(BLOCK)
            *lines, rest = (rest + self._buffer[self._at : self._at + BLOCK]).split(b"\n")
            numbers += [header.decimal(line.decode("latin-1")) for line in lines]
            self._at += BLOCK
            self._stored -= BLOCK
            self._left -= BLOCK
        return tuple(zip(numbers[1::2], numbers[2::2], strict=False))[: numbers[0]]

    def _expanded(self, stretches: header.Stretches) -> Iterator[bytes]:
        """A sparse file with its holes; bounded, since a hole costs its maker nothing."""
        if max(self.size, self._stored) > FILE_BYTES:
            raise LimitError("a sparse file is too large to read")
        stored = b"".join(self._pieces())
        whole = bytearray(self.size)
        at = end = 0
        for offset, length in stretches:
            if offset < end or offset + length > self.size or at + length > len(stored):
                raise DamagedError("the map of a sparse file does not fit the file")
            end = offset + length
            whole[offset:end] = stored[at : at + length]
            at += length
        yield bytes(whole)


def _size(block: bytes) -> int:
    """The size field; the common spelling first."""
    digits = block[124:135]
    if digits.isdigit() and block[135] in _ENDS:
        try:
            return int(digits, 8)
        except ValueError:
            raise DamagedError("a tar header holds a number that is none") from None
    return header.number(block[124:136])
