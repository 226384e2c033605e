"""A packed file, unpacked into another as a whole, with bounds for the disk that it lies on."""

import os
from collections.abc import Callable
from typing import Final

from oakum.kit.archive.blob import Blob
from oakum.kit.archive.unpack import unpacked
from oakum.kit.errors import LimitError, TryLaterError
from oakum.kit.limits import ARCHIVE_BYTES, ARCHIVE_MEMORY_BYTES, MIB

_TELL_EVERY: Final = 64 * MIB


def unpack_file(blob: Blob, into: int, told: Callable[[int], None]) -> int:
    """Unpack a blob into an empty file; give the number of bytes.

    Args:
        blob: packed with gzip or zstandard.
        into: descriptor of the file.
        told: told the bytes so far, now and then.

    Raises:
        DamagedError: the stream is broken or ends early.
        LimitError: it unpacks to more than there may be, or than fits.
        TryLaterError: the disk is full.
    """
    most = _most(into)
    blob.hash_with(lambda _: None)  # what it is as a whole is stated nowhere
    total = said = 0
    for chunk in unpacked(blob):
        total += len(chunk)
        if total > most:
            raise LimitError(f"the archive unpacks to more than the {most} bytes that there is room for")
        _write(into, memoryview(chunk))
        if total - said >= _TELL_EVERY:
            said = total
            told(total)
    return total


def _most(descriptor: int) -> int:
    """What a file may grow to: a file in memory lies in a file system without blocks of its own."""
    held = os.fstatvfs(descriptor)
    if not held.f_blocks:
        return ARCHIVE_MEMORY_BYTES
    return min(ARCHIVE_BYTES, held.f_bavail * held.f_frsize // 10 * 9)


def _write(descriptor: int, data: memoryview) -> None:
    try:
        while data:
            data = data[os.write(descriptor, data) :]
    except OSError as error:
        hint = "OAKUM_CACHE_DIR names a folder with room"
        raise TryLaterError(f"the archive cannot be unpacked: {error.strerror}", hint) from None
