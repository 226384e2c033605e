import gzip
import os
import sys
import tempfile
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oakum.kit.archive import unpack
from oakum.kit.archive.blob import Blob
from oakum.kit.errors import DamagedError, LimitError
from oakum.kit.limits import MIB, READ_CHUNK
from oakum.testing.images import digest_of

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

PLAIN = b"plain text " * 5000
SKIPPABLE = b"\x52\x2a\x4d\x18" + (5).to_bytes(4, "little") + b"notes"


def unpacked(data: bytes) -> bytes:
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.flush()
        blob = Blob(file.fileno(), 0, len(data))
        content = b"".join(unpack.unpacked(blob))
        assert blob.digest() == digest_of(data)
        return content


@pytest.fixture(params=["isal", "zlib"])
def gunzip(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Either of the two that unpack gzip."""
    if request.param == "zlib":
        monkeypatch.setattr(unpack, "_fastest_gunzip", lambda: unpack.PlainGunzip)
    return str(request.param)


def test_kinds_are_known_by_their_first_bytes() -> None:
    assert unpack.compression(gzip.compress(b"")[:4]) == "gzip"
    assert unpack.compression(zstd.compress(b"")[:4]) == "zstd"
    assert unpack.compression(SKIPPABLE[:4]) == "zstd"
    assert [unpack.compression(head) for head in (b"", b"\x1f", b"etc/", bytes(4))] == [""] * 4


@pytest.mark.parametrize("data", [b"", b"x", PLAIN])
def test_what_is_not_packed_passes(data: bytes) -> None:
    assert unpacked(data) == data


@pytest.mark.usefixtures("gunzip")
@pytest.mark.parametrize("size", [0, 1, READ_CHUNK - 1, READ_CHUNK, READ_CHUNK + 1, 2 * READ_CHUNK])
def test_gzip_of_any_length(size: int) -> None:
    for data in (bytes(size), os.urandom(size)):
        assert unpacked(gzip.compress(data, 1)) == data


@pytest.mark.usefixtures("gunzip")
@pytest.mark.parametrize("padding", [b"", bytes(7), bytes(READ_CHUNK)])
def test_gzip_of_several_members_with_padding(padding: bytes) -> None:
    one, two = gzip.compress(b"one"), gzip.compress(b"two")
    assert unpacked(one + padding + two + two + padding) == b"onetwotwo"


@pytest.mark.usefixtures("gunzip")
@pytest.mark.parametrize("harm", ["cut", "head", "crc", "length", "garbage behind", "second cut"])
def test_a_broken_gzip_stream_is_damage(harm: str) -> None:
    whole = gzip.compress(PLAIN)
    broken = {
        "cut": whole[:-9],
        "head": whole[:5],
        "crc": whole[:-8] + bytes(4) + whole[-4:],
        "length": whole[:-4] + bytes(4),
        "garbage behind": whole + b"garbage",
        "second cut": whole + whole[:-20],
    }[harm]
    with pytest.raises(DamagedError):
        unpacked(broken)


def test_zstandard_of_several_frames_with_notes_between() -> None:
    assert unpacked(SKIPPABLE + zstd.compress(b"one") + SKIPPABLE + zstd.compress(b"two") + SKIPPABLE) == b"onetwo"
    large = os.urandom(3 * MIB) + bytes(5 * MIB)
    assert unpacked(zstd.compress(large) * 2) == large * 2


@pytest.mark.parametrize("broken", ["cut", "changed", "garbage behind"])
def test_a_broken_zstandard_stream_is_damage(broken: str) -> None:
    whole = zstd.compress(PLAIN, options={zstd.CompressionParameter.checksum_flag: 1})
    changed = whole[:-1] + bytes([whole[-1] ^ 1])
    with pytest.raises(DamagedError):
        unpacked({"cut": whole[:-3], "changed": changed, "garbage behind": whole + b"garbage"}[broken])


@pytest.mark.parametrize("pack", [gzip.compress, zstd.compress], ids=["gzip", "zstd"])
def test_a_bomb_is_stopped_and_comes_in_bounded_chunks(
    monkeypatch: pytest.MonkeyPatch, pack: Callable[[bytes], bytes]
) -> None:
    monkeypatch.setattr(unpack, "LAYER_RATIO", 3)
    monkeypatch.setattr(unpack, "LAYER_FREE_BYTES", 16 * MIB)
    data = pack(bytes(40 * MIB))
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.flush()
        chunks = unpack.unpacked(Blob(file.fileno(), 0, len(data)))
        seen: list[int] = []
        with pytest.raises(LimitError):
            seen.extend(map(len, chunks))
    assert max(seen) <= READ_CHUNK
    assert sum(seen) <= 16 * MIB


def test_zeros_of_a_sparse_file_are_no_bomb() -> None:
    """Zstandard packs them 30,000 times, which alone tells nothing."""
    assert len(unpacked(zstd.compress(bytes(40 * MIB)))) == 40 * MIB


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", b"\x50\x2a\x4d\x18", b""]))
def test_noise_is_damage_or_passes(noise: bytes, head: bytes) -> None:
    try:
        unpacked(head + noise)
    except (DamagedError, LimitError) as error:
        assert str(error)  # noqa: PT017 - either end is right


def effort(data: bytes) -> int:
    with tempfile.TemporaryFile() as file:
        file.write(b"before" + data)
        file.flush()
        return unpack.effort(file.fileno(), len(b"before"), len(data))


def test_of_two_blobs_of_one_size_the_one_that_holds_more_is_more_work() -> None:
    noise = os.urandom(5000)
    more = gzip.compress(bytes(1_000_000) + noise)
    less = gzip.compress(noise + os.urandom(len(more) - len(gzip.compress(noise))))
    assert abs(len(more) - len(less)) < 100
    assert effort(more) > 10 * effort(less) > 10 * effort(zstd.compress(noise)) > effort(noise)


@pytest.mark.parametrize("data", [b"", b"\x1f", b"\x1f\x8b", b"\x1f\x8b\x08", b"\x1f\x8b\xff\xff\xff\xff"])
def test_the_work_of_what_is_no_blob_is_a_number(data: bytes) -> None:
    assert 0 <= effort(data) < 1 << 33
