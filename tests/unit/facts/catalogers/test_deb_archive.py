"""Debian packages as files; what dpkg-deb itself writes is in ``tests/corpus``."""

import gzip
import io
import lzma
import tarfile
import tracemalloc
from collections.abc import Callable
from zlib import crc32

import pytest

from oakum.facts.catalogers.deb_archive import deb_archive
from oakum.kit.archive import zstd
from oakum.kit.errors import DamagedError, LimitError, UnreadableError
from oakum.kit.limits import PACKAGE_CONTROL_BYTES, PACKAGE_CONTROL_FILE_BYTES
from oakum.model.fact import Gap, Package, SourcePackage
from oakum.testing.files import read

PATH = "pool/demo.deb"
CONTROL = b"Package: demo\nVersion: 1.0-1\nArchitecture: amd64\n"
PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "": bytes,
    ".gz": gzip.compress,
    ".xz": lzma.compress,
    ".zst": zstd.compress,
}


def member(name: str, content: bytes) -> bytes:
    head = f"{name:<16}{0:<12}{0:<6}{0:<6}{100644:<8}{len(content):<10}`\n"
    return head.encode() + content + b"\n" * (len(content) % 2)


def tar(**files: bytes) -> bytes:
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w") as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(f"./{name}")
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return raw.getvalue()


def deb(control: bytes, *, name: str = "control.tar", version: bytes = b"2.0\n", before: bytes = b"") -> bytes:
    return b"!<arch>\n" + member("debian-binary", version) + before + member(name, control)


@pytest.mark.parametrize("ending", PACKERS)
def test_however_the_control_archive_is_packed(ending: str) -> None:
    data = deb(PACKERS[ending](tar(md5sums=b"x", control=CONTROL)), name=f"control.tar{ending}")
    assert read(deb_archive, {PATH: data}) == [
        Package("deb", "demo", "1.0-1", PATH, arch="amd64", source=SourcePackage("demo", "1.0-1"))
    ]


def test_members_that_are_not_known_are_passed_over() -> None:
    assert len(read(deb_archive, {PATH: deb(tar(control=CONTROL), before=member("_extra", b"123"))})) == 1


def test_without_a_version_it_is_a_gap() -> None:
    (gap,) = read(deb_archive, {PATH: deb(tar(control=b"Package: demo\n"))})
    assert isinstance(gap, Gap)
    (gap,) = read(deb_archive, {PATH: deb(tar(control=b""))})
    assert isinstance(gap, Gap)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"!<arch>\n",
        b"!<arch>\n" + member("control.tar", tar(control=CONTROL)),
        b"!<arch>\n" + member("debian-binary", b"2.0\n") + member("data.tar", b""),
        deb(tar(other=b"")),
        deb(gzip.compress(tar(control=CONTROL))[:40], name="control.tar.gz"),
        deb(lzma.compress(tar(control=CONTROL))[:40], name="control.tar.xz"),
        deb(b"none", name="control.tar.xz"),
        deb(tar(control=CONTROL))[:-10200],
    ],
)
def test_what_is_none_is_damaged(data: bytes) -> None:
    with pytest.raises(DamagedError):
        read(deb_archive, {PATH: data})


def test_another_format_is_unreadable() -> None:
    with pytest.raises(UnreadableError):
        read(deb_archive, {PATH: deb(tar(control=CONTROL), version=b"3.0\n")})


def test_a_control_archive_may_not_unpack_to_everything() -> None:
    chunk = gzip.compress(tar(a=bytes(1 << 20))[:-10240], mtime=0)
    bomb = deb(chunk * (PACKAGE_CONTROL_BYTES // (1 << 20) + 1), name="control.tar.gz")
    tracemalloc.start()
    with pytest.raises(LimitError):
        read(deb_archive, {PATH: bomb})
    assert tracemalloc.get_traced_memory()[1] < 32 << 20
    tracemalloc.stop()


def test_a_control_file_has_a_bound() -> None:
    with pytest.raises(LimitError):
        read(deb_archive, {PATH: deb(tar(control=bytes(PACKAGE_CONTROL_FILE_BYTES + 1)))})


def test_xz_may_not_ask_for_all_memory() -> None:
    asked = bytearray(lzma.compress(tar(control=CONTROL)))
    asked[16] = 40  # the block's dictionary: 4 GiB (xz file format, 5.3.1)
    asked[20:24] = crc32(asked[12:20]).to_bytes(4, "little")
    with pytest.raises(DamagedError, match=r"[Mm]emory"):
        read(deb_archive, {PATH: deb(bytes(asked), name="control.tar.xz")})
