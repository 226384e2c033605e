"""Where the bytes of a segment are: in a file that only grows, or in rows where several servers share a database."""

import hashlib
import os
from collections.abc import Collection
from typing import Protocol

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from oakum.adapters.store.tables import CHUNK_BODY
from oakum.kit.errors import NotPermittedError, TryLaterError

Place = tuple[str, int]
"""Host and hour of a segment."""


class Segments(Protocol):
    """Holds chunks; what it holds counts only when the index names it."""

    def begin(self, place: Place) -> int:
        """Where the next chunk of a segment will start."""
        ...

    def put(self, connection: Connection, place: Place, chunk: int, body: bytes) -> None:
        """Put a chunk at the end of a segment; on the disk when this returns, or when the transaction ends."""
        ...

    def get(self, connection: Connection, place: Place, chunk: tuple[int, int, int]) -> bytes:
        """A chunk by number, start and length; empty where it has gone."""
        ...

    def keep_only(self, places: Collection[Place]) -> None:
        """Remove every segment but these."""
        ...


class SegmentFiles:
    """Segments as files ``<host>/<hour>.seg``; a host's name is its own, so folders bear its digest.

    Args:
        folder: where they lie; made when something is put there.
    """

    def __init__(self, folder: str) -> None:
        """Nothing is opened yet."""
        self._folder = folder

    def begin(self, place: Place) -> int:
        """The end of the file; bytes after the last chunk that the index names were never acknowledged."""
        try:
            return os.stat(self._path(place)).st_size
        except FileNotFoundError:
            return 0

    def put(self, connection: Connection, place: Place, chunk: int, body: bytes) -> None:
        """Append; the caller holds the writers' lock."""
        del connection, chunk
        path = self._path(place)
        try:
            os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
            first = not os.path.exists(path)
            file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
            try:
                _write(file, body)
                os.fdatasync(file)
            finally:
                os.close(file)
            if first:
                _sync_folder(os.path.dirname(path))
        except PermissionError as error:
            raise NotPermittedError(f"{path} cannot be written: {error.strerror}") from None
        except OSError as error:
            raise TryLaterError(f"{path} cannot be written: {error.strerror}") from None

    def get(self, connection: Connection, place: Place, chunk: tuple[int, int, int]) -> bytes:
        """Read a chunk; the file may have been removed since the index was read."""
        del connection
        try:
            with open(self._path(place), "rb") as file:
                file.seek(chunk[1])
                return file.read(chunk[2])
        except FileNotFoundError:
            return b""

    def keep_only(self, places: Collection[Place]) -> None:
        """Remove files that no segment names, also those that a crash left."""
        kept = set(map(self._path, places))
        for folder, _, names in os.walk(self._folder):
            for path in (os.path.join(folder, name) for name in names):
                if path.endswith(".seg") and path not in kept:
                    os.unlink(path)

    def _path(self, place: Place) -> str:
        host = hashlib.sha256(place[0].encode()).hexdigest()[:32]
        return os.path.join(self._folder, host, f"{place[1]}.seg")


class SegmentRows:
    """Segments as rows of the same database and transaction."""

    def begin(self, place: Place) -> int:
        """A row has no place in a file."""
        del place
        return 0

    def put(self, connection: Connection, place: Place, chunk: int, body: bytes) -> None:
        """Keep a row."""
        del place
        connection.execute(CHUNK_BODY.insert().values(chunk=chunk, body=body))

    def get(self, connection: Connection, place: Place, chunk: tuple[int, int, int]) -> bytes:
        """Read a row."""
        del place
        asked = sa.select(CHUNK_BODY.c.body).where(CHUNK_BODY.c.chunk == chunk[0])
        return bytes(connection.execute(asked).scalar() or b"")

    def keep_only(self, places: Collection[Place]) -> None:
        """Rows go with the index."""
        del places


def _write(file: int, body: bytes) -> None:
    left = memoryview(body)
    while left:
        left = left[os.write(file, left) :]


def _sync_folder(path: str) -> None:
    """Make a new file's name last as long as its bytes."""
    folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
