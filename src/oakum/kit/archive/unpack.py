"""Bounded decompression of a blob: gzip, zstandard or none, known by the first bytes."""

import os
import zlib
from collections.abc import Callable, Generator, Iterator
from typing import Any

from oakum.kit.archive.blob import Blob
from oakum.kit.errors import DamagedError, LimitError
from oakum.kit.limits import LAYER_BYTES, LAYER_FREE_BYTES, LAYER_RATIO, READ_CHUNK

_GZIP = b"\x1f\x8b"
_ZSTANDARD = b"\x28\xb5\x2f\xfd"
_SKIPPABLE = b"\x2a\x4d\x18"  # RFC 8878, section 3.1.2: 0x184D2A5? in little endian, after its first byte
_PACKED_CHUNK = READ_CHUNK // 4
_PACKED_WEIGHT = 3
"""What reading a packed byte and decoding it costs, where writing out an unpacked one costs 1 (measured with gzip)."""

_STATED_LENGTH = 4
"""Bytes at the end of a gzip stream that say how long its last member is, modulo 4 GiB (RFC 1952, section 2.3.1)."""


def compression(head: bytes) -> str:
    """``gzip``, ``zstd`` or empty, by the first four bytes."""
    if head[:2] == _GZIP:
        return "gzip"
    return "zstd" if head[:4] == _ZSTANDARD or head[1:4] == _SKIPPABLE else ""


def unpacked(blob: Blob) -> Generator[bytes, None, None]:
    """The content of a blob in chunks of about ``READ_CHUNK``, whatever it is packed with.

    Raises:
        DamagedError: the compressed stream is broken or ends early.
        LimitError: it unpacks to more than ``LAYER_BYTES``, or at a ratio that no honest layer has.
    """
    packed = compression(blob.peek(4))
    if packed == "gzip":
        return _bounded(_gunzip(blob), blob.size)
    return _bounded(_unzstd(blob), blob.size) if packed else blob.pieces(READ_CHUNK)


def effort(descriptor: int, offset: int, size: int) -> int:
    """How much work a blob may be, so that the longest can be begun first; nothing else may rest on it.

    It is what comes out, by what the blob says of itself, and the packed bytes by their weight: blobs of one size
    differ fivefold.

    Raises:
        OSError: it cannot be read.
    """
    packed = compression(os.pread(descriptor, 4, offset))
    if packed != "gzip":
        return size * _PACKED_WEIGHT if packed else size
    stated = os.pread(descriptor, _STATED_LENGTH, offset + max(size - _STATED_LENGTH, 0))
    return max(int.from_bytes(stated, "little"), size) + size * _PACKED_WEIGHT


def load_unpacker() -> None:
    """Load what unpacks gzip, which nearly every layer is packed with, before there is a layer."""
    _fastest_gunzip()


def _bounded(chunks: Iterator[bytes], packed: int) -> Generator[bytes, None, None]:
    most = min(LAYER_BYTES, max(LAYER_FREE_BYTES, packed * LAYER_RATIO))
    total = 0
    for chunk in chunks:
        total += len(chunk)
        if total > most:
            raise LimitError(f"{packed} packed bytes unpack to more than {most}")
        yield chunk


def _gunzip(blob: Blob) -> Iterator[bytes]:
    return _streamed(blob, _fastest_gunzip(), "gzip", padding=b"\0")  # RFC 1952 leaves zeros to the reader


def _unzstd(blob: Blob) -> Iterator[bytes]:
    from oakum.kit.archive import zstd  # noqa: PLC0415 - only where there is something to unpack

    return _streamed(blob, zstd.ZstdDecompressor, "zstandard")


def _streamed(blob: Blob, start: Callable[[], Any], name: str, *, padding: bytes = b"") -> Iterator[bytes]:
    """Members or frames one after another, by a decompressor of the standard library's shape."""
    stream = start()
    for piece in blob.pieces(_PACKED_CHUNK):
        rest = piece
        while rest or not (stream.needs_input or stream.eof):
            if stream.eof:
                rest = rest.lstrip(padding)
                if not rest:
                    break
                stream = start()
            try:
                chunk = stream.decompress(rest, READ_CHUNK)
            except Exception as error:  # each library has an error of its own
                raise DamagedError(f"the {name} stream is broken: {error}") from error
            rest = stream.unused_data if stream.eof else b""
            if chunk:
                yield chunk
    if not stream.eof:
        raise DamagedError(f"the {name} stream ends early")


def _fastest_gunzip() -> Callable[[], Any]:
    try:
        from isal.igzip_lib import DECOMP_GZIP, IgzipDecompressor  # noqa: PLC0415 - only for a gzip stream
    except ImportError:  # no wheel for this machine
        return PlainGunzip
    return lambda: IgzipDecompressor(flag=DECOMP_GZIP)


class PlainGunzip:
    """The standard library's gunzip in the shape of its newer decompressors, where isal is not there."""

    def __init__(self) -> None:
        """Begin a member."""
        self._stream = zlib.decompressobj(wbits=31)
        self._rest = b""

    @property
    def eof(self) -> bool:
        """Whether the member has ended."""
        return self._stream.eof

    @property
    def needs_input(self) -> bool:
        """Whether nothing more comes out of what was given."""
        return not self._rest

    @property
    def unused_data(self) -> bytes:
        """What was given behind the member's end."""
        return self._stream.unused_data

    def decompress(self, data: bytes, most: int) -> bytes:
        """What comes out, at most so many bytes at a time."""
        chunk = self._stream.decompress(self._rest + data, most)
        self._rest = self._stream.unconsumed_tail
        return chunk
