"""A stretch of an open file, read once from front to back and hashed on the way."""

import hashlib
import os
from collections.abc import Callable, Generator

from oakum.kit.errors import DamagedError


class Blob:
    """Stored bytes that are read in order; what passes by is hashed, so the digest is ours.

    Reading uses ``pread``: any number of blobs share one descriptor without a lock.

    Args:
        descriptor: an open file.
        offset: where the blob begins in it.
        size: its length in bytes.
    """

    def __init__(self, descriptor: int, offset: int, size: int) -> None:
        """Take the stretch; nothing is read yet."""
        self.size = size
        self._descriptor = descriptor
        self._offset = offset
        self._at = 0
        self._hash = hashlib.sha256()
        self.hash = self._hash.update
        self._take: Callable[[bytes], object] = self.hash

    def pieces(self, length: int) -> Generator[bytes, None, None]:
        """The rest of the blob in pieces of at most ``length`` bytes.

        Raises:
            DamagedError: the file ends before the blob does.
        """
        take, descriptor = self._take, self._descriptor
        while self._at < self.size:
            piece = os.pread(descriptor, min(length, self.size - self._at), self._offset + self._at)
            if not piece:
                raise DamagedError(f"the data ends after {self._at} of {self.size} bytes")
            self._at += len(piece)
            take(piece)
            yield piece

    def hash_with(self, take: Callable[[bytes], object] | None) -> None:
        """Hand every piece that is read from now on to ``take``, which hashes it in order; None: hash it here."""
        self._take = take or self.hash

    def peek(self, length: int) -> bytes:
        """The first bytes, without moving on."""
        return os.pread(self._descriptor, min(length, self.size), self._offset)

    def digest(self) -> str:
        """Read what is left and give the digest of the whole blob, ``sha256:…``."""
        for _ in self.pieces(1 << 20):
            pass
        return "sha256:" + self._hash.hexdigest()
