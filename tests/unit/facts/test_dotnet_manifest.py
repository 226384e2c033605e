import io
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oakum.facts import dotnet_manifest
from oakum.facts.dotnet_manifest import Inner, inner, manifest_at
from oakum.kit.errors import DamagedError, LimitError, OakumError
from oakum.testing.single_file import HOST, single_file

FILES = {"App.deps.json": b"{}", "a/" + "x" * 300 + ".dll": b"MZ" * 50, "App.runtimeconfig.json": b"[]"}
PLACE = len(HOST)


def at(data: bytes) -> int:
    return int(struct.unpack_from("<q", data, PLACE)[0])


@pytest.mark.parametrize("major", [1, 2, 6])
def test_every_file_is_found_again(major: int) -> None:
    data = single_file(FILES, major=major, packed={"App.runtimeconfig.json"} if major == 6 else ())
    found = manifest_at(io.BytesIO(data), at(data))
    assert found is not None
    assert {one.path: inner(io.BytesIO(data), one) for one in found.files} == FILES
    assert [inner(io.BytesIO(data), one) for one in found.lists] == [b"{}"]


def test_what_lies_beyond_the_end_or_is_too_large_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    content = io.BytesIO(b"x" * 10)
    for one in (Inner("a", 5, 6), Inner("a", 20, 1), Inner("a", -1, 1), Inner("a", 0, -1), Inner("a", 0, 9, 10)):
        with pytest.raises(DamagedError):
            inner(content, one)
    monkeypatch.setattr(dotnet_manifest, "FILE_BYTES", 8)
    with pytest.raises(LimitError):
        inner(content, Inner("a", 0, 9))


def test_a_packed_file_is_unpacked_to_its_size_at_most() -> None:
    data = single_file({"a.dll": bytes(1_000_000)}, packed={"a.dll"})
    manifest = manifest_at(io.BytesIO(data), at(data))
    assert manifest is not None
    one = manifest.files[0]
    assert len(inner(io.BytesIO(data), Inner("a", one.begin, 10, one.packed))) == 11


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (struct.pack("<IIi", 6, 0, 200_001), LimitError),
        (struct.pack("<IIi", 6, 0, 9) + b"\xff\xff\x7f", LimitError),
        (struct.pack("<IIi", 6, 0, 9) + b"\x80\x80\x80\x80\x80\x80", DamagedError),
        (struct.pack("<IIi", 6, 0, 9) + b"\x09a", DamagedError),
    ],
)
def test_lies_of_the_manifest_are_refused(change: bytes, kind: type[Exception]) -> None:
    with pytest.raises(kind):
        manifest_at(io.BytesIO(change), 0)


def test_a_manifest_has_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    data = single_file(FILES)
    monkeypatch.setattr(dotnet_manifest, "_MANIFEST_BYTES", 60)
    with pytest.raises(LimitError, match="manifest is longer"):
        manifest_at(io.BytesIO(data), at(data))


@given(st.binary(max_size=300), st.integers(1, 8))
def test_any_bytes_are_read_or_refused(data: bytes, major: int) -> None:
    content = io.BytesIO(struct.pack("<IIi", major, 0, 3) + data)
    try:
        found = manifest_at(content, 0)
        for one in found.files if found is not None else ():
            inner(content, one)
    except OakumError:
        pass
