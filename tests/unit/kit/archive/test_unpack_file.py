import gzip
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from oakum.kit.archive import unpack_file as module
from oakum.kit.archive import zstd
from oakum.kit.archive.blob import Blob
from oakum.kit.archive.unpack_file import unpack_file
from oakum.kit.errors import DamagedError, LimitError, TryLaterError

DATA = bytes(range(256)) * 40_000


@pytest.fixture
def room() -> Iterator[int]:
    descriptor = os.memfd_create("room")
    yield descriptor
    os.close(descriptor)


def blob(path: Path, data: bytes) -> Blob:
    (path / "packed").write_bytes(data)
    return Blob(os.open(path / "packed", os.O_RDONLY), 0, len(data))


PACKED = (gzip.compress(DATA, 1), zstd.compress(DATA), gzip.compress(DATA, 1) * 2)


@pytest.mark.parametrize("packed", PACKED, ids=["gzip", "zstandard", "two"])
def test_what_was_packed_comes_out(packed: bytes, room: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_TELL_EVERY", 1 << 20)
    told: list[int] = []
    size = unpack_file(blob(tmp_path, packed), room, told.append)
    assert os.pread(room, size + 1, 0) in {DATA, DATA * 2}
    assert told == sorted(told)
    assert 0 < told[-1] <= size


def test_a_stream_that_ends_early_is_damaged(room: int, tmp_path: Path) -> None:
    with pytest.raises(DamagedError, match="ends early"):
        unpack_file(blob(tmp_path, gzip.compress(DATA, 1)[:-9]), room, lambda _: None)


def test_no_more_is_unpacked_than_there_may_be(room: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ARCHIVE_MEMORY_BYTES", 1 << 20)
    with pytest.raises(LimitError, match="1048576 bytes"):
        unpack_file(blob(tmp_path, gzip.compress(bytes(8 << 20))), room, lambda _: None)
    assert os.fstat(room).st_size <= 1 << 20


def test_a_disk_is_never_filled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = os.statvfs(tmp_path)
    monkeypatch.setattr(os, "fstatvfs", lambda _: type("", (), {"f_blocks": 9, "f_bavail": 9, "f_frsize": 4096}))
    descriptor = os.open(tmp_path, os.O_TMPFILE | os.O_RDWR)
    try:
        with pytest.raises(LimitError, match="room"):
            unpack_file(blob(tmp_path, gzip.compress(bytes(1 << 20))), descriptor, lambda _: None)
    finally:
        os.close(descriptor)
    assert held.f_blocks


def test_a_file_that_takes_nothing_more_says_where_there_may_be_room(tmp_path: Path) -> None:
    full = os.open("/dev/full", os.O_WRONLY)
    try:
        with pytest.raises(TryLaterError, match="No space left") as refused:
            unpack_file(blob(tmp_path, gzip.compress(b"a")), full, lambda _: None)
    finally:
        os.close(full)
    assert "OAKUM_CACHE_DIR" in refused.value.hint
