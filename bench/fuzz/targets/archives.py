"""Tar, compression, zip, and the programs and markers in files that stream by."""

import gzip
import io
import os
import zipfile
from collections.abc import Iterator

from bench.fuzz.target import Target, examples, single

from oakum.facts import elf, markers
from oakum.facts.patterns import MarkerWant, Want
from oakum.facts.sections import Tail
from oakum.kit.archive import tar_index, zstd
from oakum.kit.archive.blob import Blob
from oakum.kit.archive.fed import FedBlob
from oakum.kit.archive.tar import TarWalker
from oakum.kit.archive.unpack import compression, unpacked
from oakum.kit.archive.walker import FILE
from oakum.kit.archive.zip import read_entry, wanted_entries
from oakum.kit.errors import DamagedError, LimitError, UnreadableError
from oakum.testing.images import Layer, entry, tar_of

_ARCHIVE = (DamagedError, LimitError)
_TAR_WORDS = (
    b"ustar\0" + b"00",
    b"ustar  \0",
    b"\x80" + b"\xff" * 7,
    b"GNU.sparse.major=1\n",
    b"GNU.sparse.map=1,2\n",
    b"30 size=99999999999999999999\n",
    b"GNU.sparse.realsize=9999999\n",
    b"20 path=../../etc/x\n",
    b"L",
    b"K",
    b"x",
    b"g",
    b"S",
    b".wh..wh..opq",
    b".wh.",
)
_CHUNK = 700
_MOST = 64 << 20


def targets() -> Iterator[Target]:
    """Those of this module."""
    yield single("archive-tar", _tars, _walk, _ARCHIVE, words=_TAR_WORDS, mend=tar_sums)
    yield single("archive-tar_index", _tars, _index, _ARCHIVE, words=_TAR_WORDS, mend=tar_sums)
    yield single("archive-unpack", _packed, _unpack, _ARCHIVE)
    yield single(
        "archive-zip", _zips, _zip, _ARCHIVE, words=(b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07", b"PK\x01\x02")
    )
    yield single("archive-fed", lambda: [b"\0\0\0\x05hello\0\0\0\0"], _fed, _ARCHIVE, words=(b"\xff" * 4, b"\0" * 4))
    yield single("facts-elf", _programs, _program, (LimitError,), words=(b"\x7fELF", b".note.gnu.build-id\0"))
    yield single("facts-markers", _programs, _windows, (), words=(b"\xff Go buildinf:",))


def tar_sums(data: bytes) -> bytes:
    """A tar whose headers have the sums that belong to them."""
    mended = bytearray(data)
    for at in range(0, len(data) - 511, 512):
        if mended[at + 257 : at + 262] == b"ustar":
            mended[at + 148 : at + 156] = b" " * 8
            mended[at + 148 : at + 156] = b"%06o\0 " % sum(mended[at : at + 512])
    return bytes(mended)


def _tars() -> Iterator[bytes]:
    files = {"etc/os-release": b"ID=debian\n", "a" * 120 + "/" + "b" * 130: b"x" * 700, "empty": b"", ".wh.gone": b""}
    yield tar_of(Layer(files=files, links={"link": "etc/os-release"}, hard_links={"hard": "etc/os-release"}))
    sparse = entry("sparse")
    sparse.pax_headers = {"GNU.sparse.map": "0,2,600,1", "GNU.sparse.size": "700", "GNU.sparse.name": "holes"}
    yield tar_of(Layer(raw=[(sparse, b"abc")]))
    stored = entry("sparse-1.0")
    stored.pax_headers = {"GNU.sparse.major": "1", "GNU.sparse.minor": "0", "GNU.sparse.realsize": "700"}
    yield tar_of(Layer(raw=[(stored, b"1\n0\n3\n".ljust(512, b"\0") + b"abc")]))
    old = bytearray(tar_of(Layer(files={"old": b"abc"})))
    old[156:157], old[386:410], old[483:495] = b"S", b"%011o\0%011o\0" % (0, 3), b"%011o\0" % 700
    yield tar_sums(bytes(old))


def _walk(data: bytes) -> object:
    walker = TarWalker(iter([data[at : at + _CHUNK] for at in range(0, len(data), _CHUNK)]))
    seen: list[object] = []
    for path in walker:
        if path.startswith(("/", "../")) or "\0" in path or "/../" in path:
            raise AssertionError("a name leaves the root")
        read = 0
        if walker.kind is FILE and len(seen) % 2 == 0:
            walker.head(10)
            read = sum(map(len, walker.content()))
            if read > _MOST + len(data):
                raise AssertionError("more content than any limit lets through")
        seen.append((path, walker.kind, walker.size.bit_length(), read))
    return seen


def _index(data: bytes) -> object:
    descriptor = memory_file(data)
    try:
        found = tar_index.members(descriptor)
    finally:
        os.close(descriptor)
    if any(member.offset + member.size > len(data) for member in found.values()):
        raise AssertionError("a member lies beyond the end")
    return found


def memory_file(data: bytes) -> int:
    """An open file that holds the data and has no name."""
    descriptor = os.memfd_create("fuzz", os.MFD_CLOEXEC)
    os.write(descriptor, data)
    return descriptor


def _packed() -> Iterator[bytes]:
    content = tar_of(Layer(files={"a": b"some content that repeats, repeats, repeats" * 40}))
    yield gzip.compress(content, mtime=0)
    yield gzip.compress(b"one", mtime=0) + bytes(20) + gzip.compress(b"two", mtime=0)
    yield zstd.compress(content)
    yield b"\x50\x2a\x4d\x18\x04\0\0\0note" + zstd.compress(b"one") + zstd.compress(b"two")
    yield gzip.compress(bytes(1 << 20), mtime=0)


def _unpack(data: bytes) -> object:
    descriptor = memory_file(data)
    try:
        blob = Blob(descriptor, 0, len(data))
        size = sum(map(len, unpacked(blob)))
        return compression(data[:4]), size.bit_length(), len(blob.digest())
    finally:
        os.close(descriptor)


def _zips() -> Iterator[bytes]:
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", method) as archive:
            archive.writestr(zipfile.ZipInfo("META-INF/maven/g/a/pom.properties"), b"version=1\n" * 50)
            archive.writestr(zipfile.ZipInfo("x.class"), b"y" * 300)
        yield made.getvalue()
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive, archive.open(zipfile.ZipInfo("a.pom"), "w", force_zip64=True) as file:
        file.write(b"<project/>")
    yield made.getvalue()


def _zip(data: bytes) -> object:
    file = io.BytesIO(data)
    found: list[object] = []
    for one in wanted_entries(file, (b".properties", b".pom", b"ss")):
        try:
            found.append((one.name, len(read_entry(file, one, 1 << 20)), len(read_entry(file, one, 100, whole=False))))
        except UnreadableError as error:
            found.append(str(error))
    return found


def _fed(data: bytes) -> object:
    reading, writing = os.pipe()
    try:
        os.write(writing, data[:60_000])
        os.close(writing)
        blob = FedBlob(reading, 5, _no_pause)
        return blob.peek(4), list(blob.pieces(100))
    finally:
        os.close(reading)


def _no_pause(*, waiting: bool) -> None:
    del waiting


def _programs() -> list[bytes]:
    return [data[:60_000] for data in examples("go_binary", "rust_binary") if data.startswith(b"\x7fELF")]


def _program(data: bytes) -> object:
    tail = Tail(data[: elf.HEAD_BYTES])
    passed = sum(len(piece) for piece in tail.watch(iter([data[at : at + 5000] for at in range(0, len(data), 5000)])))
    found = [len(tail.section(name)) for name in (".dep-v0", ".note.gnu.build-id", ".shstrtab")]
    return elf.writable(data[: elf.HEAD_BYTES]), passed, found


def _windows(data: bytes) -> object:
    want = MarkerWant(
        want=Want("go_binary", "binaries", large=False, per_layer=False), marker=b"\xff Go buildinf:", align=16
    )
    pieces = [data[at : at + 999] for at in range(0, len(data), 999)]
    return [
        len(window) for _, found in markers.windows(iter(pieces), [want], elf.writable(data[:4096])) for window in found
    ]
