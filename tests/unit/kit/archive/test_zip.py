import io
import struct
import zipfile

import pytest

from oakum.kit import limits
from oakum.kit.archive.zip import has_entry, read_entry, wanted_entries
from oakum.kit.errors import DamagedError, LimitError


def archive(entries: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as writer:
        for name, data in entries.items():
            writer.writestr(name, data)
    return buffer.getvalue()


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize("before", [b"", b"#!/bin/sh\nexec java -jar $0\n"])
@pytest.mark.parametrize("comment", [b"", b"x" * 500])
def test_wanted_entries_are_read_whatever_surrounds_them(method: int, before: bytes, comment: bytes) -> None:
    data = archive({"a.txt": b"no", "b.jar": b"yes" * 100}, method)
    file = io.BytesIO(before + data[:-2] + struct.pack("<H", len(comment)) + comment)
    (entry,) = wanted_entries(file, (b".jar",))
    assert entry.name == "b.jar"
    assert read_entry(file, entry, limits.KIB) == b"yes" * 100


def test_the_large_form_is_read() -> None:
    entries = {f"{number}.x": b"" for number in range(66_000)} | {"last.jar": b"here"}
    file = io.BytesIO(archive(entries, zipfile.ZIP_STORED))
    (entry,) = wanted_entries(file, (b".jar",))
    assert read_entry(file, entry, 10) == b"here"


def test_the_start_alone_can_be_read() -> None:
    file = io.BytesIO(archive({"a.jar": b"0123456789" * 10_000}))
    (entry,) = wanted_entries(file, (b".jar",))
    assert read_entry(file, entry, 10, whole=False) == b"0123456789"
    with pytest.raises(LimitError):
        read_entry(file, entry, 10)


def test_a_size_that_lies_is_found_out() -> None:
    data = bytearray(archive({"a.jar": b"0123456789" * 1_000}))
    at = data.find(b"PK\x01\x02")
    struct.pack_into("<L", data, at + 24, 5)
    file = io.BytesIO(bytes(data))
    (entry,) = wanted_entries(file, (b".jar",))
    for most in (100, 100_000):
        with pytest.raises(DamagedError):
            read_entry(file, entry, most)


def test_encrypted_entries_are_refused() -> None:
    data = bytearray(archive({"a.jar": b"x"}))
    struct.pack_into("<H", data, data.find(b"PK\x01\x02") + 8, 1)
    file = io.BytesIO(bytes(data))
    (entry,) = wanted_entries(file, (b".jar",))
    with pytest.raises(DamagedError):
        read_entry(file, entry, 100)


def test_more_entries_than_any_honest_archive_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ARCHIVE_ENTRIES", 2)
    file = io.BytesIO(archive({"a": b"", "b": b"", "c": b""}))
    with pytest.raises(LimitError):
        wanted_entries(file, (b".jar",))


@pytest.mark.parametrize(
    "data", [b"", b"PK", b"PK\x05\x06", b"PK\x05\x06" + b"\xff" * 18, b"PK\x05\x06" + b"\x01" * 18]
)
def test_what_is_no_archive_is_damaged(data: bytes) -> None:
    with pytest.raises((DamagedError, LimitError)):
        wanted_entries(io.BytesIO(data), (b".jar",))


def test_whether_some_name_begins_and_ends_so_is_seen_without_a_walk() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in ("META-INF/org/apache/a.class", "org/apache/readme", "org/other/b.class", "c.class"):
            archive.writestr(name, b"org/apache/x.class")
    assert has_entry(file, b"org/other/", b".class")
    assert has_entry(file, b"", b".class")
    assert not has_entry(file, b"org/apache/", b".class")
    assert not has_entry(file, b"org/apache/x", b"")
    with pytest.raises(DamagedError, match="no zip"):
        has_entry(io.BytesIO(b"org/other/"), b"org/", b".class")
