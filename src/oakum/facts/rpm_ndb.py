"""Headers of installed packages in rpm's own NDB database, ``Packages.db``.

Pages of 4,096 bytes hold slots of 16 bytes: a magic word, the package's number, and where its header lies, in blocks of
16 bytes. A header stands between a head and a tail that repeat number, length and an Adler-32 sum
(rpm, ``lib/backend/ndb/rpmpkg.c``). SUSE's distributions use it.
"""

from collections.abc import Iterator
from struct import Struct, iter_unpack, unpack_from
from typing import Final
from zlib import adler32

from oakum.facts.broken import Broken
from oakum.kit.errors import DamagedError

MAGIC: Final = b"RpmP"

_PAGE: Final = 4_096
_BLOCK: Final = 16
_SLOTS_FROM: Final = 32
_SLOT: Final = Struct("<4s3I")
_HEAD: Final = Struct("<4s3I")
_TAIL: Final = Struct("<2I4s")


def headers(data: bytes) -> Iterator[bytes | Broken]:
    """The header of each slot that is in use; what cannot be read is given as broken.

    Raises:
        DamagedError: it is no such database.
    """
    if len(data) < _SLOTS_FROM or not data.startswith(MAGIC):
        raise DamagedError("it is no NDB database")
    _, version, _, pages = unpack_from("<4s3I", data)
    if version:
        raise DamagedError(f"NDB databases of version {version} are not known")
    end = pages * _PAGE
    if not pages or end > len(data):
        raise DamagedError("its table of slots is cut off")
    left = len(data)  # slots that name the same blocks would give more than there is
    for magic, number, start, blocks in iter_unpack(_SLOT.format, data[_SLOTS_FROM:end]):
        if magic != b"Slot":
            yield Broken("a slot has no mark")
        elif start:
            left -= blocks * _BLOCK
            yield _header(data, number, start * _BLOCK) if left >= 0 else Broken("its slots overlap")


def _header(data: bytes, number: int, at: int) -> bytes | Broken:
    if at + _HEAD.size > len(data):
        return Broken("a header lies beyond the end")
    magic, own, _, length = _HEAD.unpack_from(data, at)
    begin = at + _HEAD.size
    tail = begin + length + -(_HEAD.size + length + _TAIL.size) % _BLOCK
    if magic != b"BlbS" or own != number or tail + _TAIL.size > len(data):
        return Broken("a header is not where its slot says")
    total, again, end = _TAIL.unpack_from(data, tail)
    if end != b"BlbE" or again != length or total != adler32(data[at:tail]):
        return Broken("a header's sum is wrong")
    return data[begin : begin + length]
