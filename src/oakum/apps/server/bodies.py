"""Bodies that programs of ours send: msgpack, packed with zstandard, of no more than a limit when unpacked."""

from typing import TypeVar

import msgspec
from litestar.exceptions import ClientException

from oakum.kit.archive import zstd
from oakum.kit.decoding import UNDECODABLE
from oakum.kit.limits import EVENT_CHUNK_BYTES

T = TypeVar("T")


def unpack(body: bytes, shape: type[T]) -> T:
    """What a body holds.

    Raises:
        ClientException: it is none of ours.
    """
    try:
        return msgspec.msgpack.decode(zstd.ZstdDecompressor().decompress(body, EVENT_CHUNK_BYTES), type=shape)
    except (*UNDECODABLE, zstd.ZstdError, EOFError) as error:
        raise ClientException(f"this is no {shape.__name__}: {error}") from None
