"""Bounded decompression of a blob: gzip, zstandard or none, known by the first bytes."""

import os
import zlib
from collections.abc import Callable, Generator, Iterable, Iterator
from functools import partial
from typing import Any, Final

from oakum.kit.archive.blob import Blob
from oakum.kit.errors import DamagedError, LimitError
from oakum.kit.limits import LAYER_BYTES, LAYER_FREE_BYTES, LAYER_RATIO, READ_CHUNK, UNPACK_MEMORY_BYTES

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


def unpacked_pieces(pieces: Iterable[bytes], packed: str, most: int) -> Iterator[bytes]:
    """What pieces of one stream hold that lies in another archive.

    Args:
        pieces: the stream.
        packed: ``gzip``, ``xz``, ``zstd``, or empty where it is not packed.
        most: how many bytes it may hold.

    Raises:
        DamagedError: the stream is broken, ends early or wants more memory than ``UNPACK_MEMORY_BYTES``.
        LimitError: it holds more.
    """
    total = 0
    for chunk in _PIECES[packed](pieces):
        total += len(chunk)
        if total > most:
            raise LimitError(f"unpacks to more than {most} bytes")
        yield chunk


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
    return _gunzip_pieces(blob.pieces(_PACKED_CHUNK))


def _unzstd(blob: Blob) -> Iterator[bytes]:
    return _unzstd_pieces(blob.pieces(_PACKED_CHUNK))


def _gunzip_pieces(pieces: Iterable[bytes]) -> Iterator[bytes]:
    return _streamed(pieces, _fastest_gunzip(), "gzip", padding=b"\0")  # RFC 1952 leaves zeros to the reader


def _unxz_pieces(pieces: Iterable[bytes]) -> Iterator[bytes]:
    import lzma  # noqa: PLC0415 - only where there is something to unpack

    start = partial(lzma.LZMADecompressor, lzma.FORMAT_XZ, memlimit=UNPACK_MEMORY_BYTES)
    return _streamed(pieces, start, "xz", padding=b"\0")  # the format lets zeros follow a stream


def _unzstd_pieces(pieces: Iterable[bytes]) -> Iterator[bytes]:
    from oakum.kit.archive import zstd  # noqa: PLC0415 - only where there is something to unpack

    return _streamed(pieces, zstd.ZstdDecompressor, "zstandard")


def _streamed(pieces: Iterable[bytes], start: Callable[[], Any], name: str, *, padding: bytes = b"") -> Iterator[bytes]:
    """Members or frames one after another, by a decompressor of the standard library's shape."""
    stream = start()
    for piece in pieces:
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


_PIECES: Final[dict[str, Callable[[Iterable[bytes]], Iterator[bytes]]]] = {
    "": iter, "gzip": _gunzip_pieces, "xz": _unxz_pieces, "zstd": _unzstd_pieces,
}  # fmt: skip


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
