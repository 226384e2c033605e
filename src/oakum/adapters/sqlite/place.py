"""The place of an advisory database on disk: packs the one that is there, lets another one in when it is one."""

import hashlib
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, Any, Final

import apsw

from oakum.adapters.replacing import Say, claim, put_in_place, remove, troubles
from oakum.adapters.sqlite.advisories import AdvisoryDatabase, NewerFormError, read_only_uri
from oakum.adapters.sqlite.advisory_tables import TABLES, SchemeOf
from oakum.adapters.update_state import StateFile
from oakum.kit.archive import zstd
from oakum.kit.errors import ConfigurationError, DamagedError
from oakum.kit.limits import READ_CHUNK
from oakum.model.advisory import DatabaseInfo
from oakum.model.update_state import UpdateState
from oakum.ports.database_places import Packed, Stated

_LEVEL: Final = 9
_SHAPE: Final = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name"
_CAREFUL: Final = "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0"
_HINT: Final = "the database that was there is untouched"

Room = Callable[[], int]
"""Opens a file without a name."""


class Place:
    """The file form of ``ports.database_places.DatabasePlace``.

    Args:
        path: of the database.
        scheme_of: the version scheme of an ecosystem.
        room: where packed bytes wait.
        waiting: is told that somebody else writes there.
    """

    def __init__(self, path: str, scheme_of: SchemeOf, room: Room, waiting: Say) -> None:
        """Nothing is read yet."""
        self._path = os.path.abspath(path)
        self._scheme_of = scheme_of
        self._room = room
        self._waiting = waiting

    def about(self) -> DatabaseInfo | None:
        """What the database in place is made of; None where there is none that can be used."""
        try:
            return AdvisoryDatabase(self._path, self._scheme_of).about()
        except NewerFormError:
            raise
        except ConfigurationError:
            return None

    def file_digest(self) -> str:
        """SHA-256 of the file in place; empty where there is none."""
        try:
            with open(self._path, "rb") as file:
                return "sha256:" + hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            return ""

    @contextmanager
    def packed(self) -> Iterator[Packed]:
        """The database in place, packed in a file without a name."""
        # looked at while it is held open: an update may put another one in its place at any moment
        with self._opened() as file:
            info = AdvisoryDatabase(f"/proc/self/fd/{file.fileno()}", self._scheme_of).about()
            descriptor = self._room()
            try:
                with troubles(self._path):
                    plain, packed = _pack(file, descriptor)
                yield Packed(self._checked(info), *plain, *packed, lambda told: _Told(descriptor, told))
            finally:
                os.close(descriptor)

    @contextmanager
    def arrival(self, stated: Stated) -> Iterator["Incoming"]:
        """Claim the place for another database; what did not arrive whole is removed."""
        temporary = f"{self._path}.new"
        with troubles(self._path):
            os.makedirs(os.path.dirname(self._path), exist_ok=True)
            held = claim(temporary, self._waiting)
        incoming = Incoming(temporary, held, stated, self._path, self._scheme_of)
        try:
            yield incoming
        finally:
            if not incoming.finished:
                remove(temporary)
            os.close(held)

    def note(self, info: DatabaseInfo, origin: str) -> None:
        """Keep when the data were current; no later update takes rows of them over on the strength of that."""
        StateFile(self._path).write(UpdateState(info.digest, info.current, origin), vouched=False)

    def _opened(self) -> IO[bytes]:
        AdvisoryDatabase(self._path, self._scheme_of)  # says best what is wrong with it
        try:
            return open(self._path, "rb")
        except OSError as error:
            raise ConfigurationError(f"{self._path} cannot be read: {error.strerror}") from None

    def _checked(self, info: DatabaseInfo) -> DatabaseInfo:
        """With the time at which it was last compared with its sources."""
        found = self.about()
        return found if found is not None and found.digest == info.digest else info


class Incoming:
    """Implements ``ports.database_places.Arrival``: unpacks into a new file beside the place."""

    def __init__(self, temporary: str, held: int, stated: Stated, path: str, scheme_of: SchemeOf) -> None:
        """Nothing came yet."""
        self.finished = False
        self._temporary, self._held, self._path = temporary, held, path
        self._stated = stated
        self._scheme_of = scheme_of
        self._size = 0
        self._hash = hashlib.sha256()
        self._stream: Any = zstd.ZstdDecompressor()

    def take(self, piece: bytes) -> None:
        """Unpack the next bytes; one frame, and not a byte more than was stated."""
        rest = piece
        while rest or not (self._stream.needs_input or self._stream.eof):
            if self._stream.eof:
                raise DamagedError("bytes follow the end of the packed database", hint=_HINT)
            try:
                chunk = self._stream.decompress(rest, READ_CHUNK)
            except zstd.ZstdError as error:
                raise DamagedError(f"the packed database is broken: {error}", hint=_HINT) from None
            rest = self._stream.unused_data if self._stream.eof else b""
            self._keep(chunk)

    def finish(self) -> DatabaseInfo:
        """Hold it to what was stated, look whether it is a database, put it in place."""
        found = "sha256:" + self._hash.hexdigest()
        if not self._stream.eof or (found, self._size) != (self._stated.file_digest, self._stated.file_size):
            raise DamagedError("the unpacked database is not the one that its description states", hint=_HINT)
        info = checked_database(self._temporary, self._scheme_of)
        if (info.digest, info.built) != (self._stated.digest, self._stated.built) or info.starter:
            raise DamagedError(f"the database is {info.digest} of {info.built}, not what is stated", hint=_HINT)
        with troubles(self._path):
            put_in_place(self._temporary, self._path)
        self.finished = True
        return info

    def _keep(self, chunk: bytes) -> None:
        self._size += len(chunk)
        if self._size > self._stated.file_size:
            raise DamagedError(f"the database unpacks to more than its {self._stated.file_size} bytes", hint=_HINT)
        self._hash.update(chunk)
        with troubles(self._path):
            _write(self._held, chunk)


def checked_database(path: str, scheme_of: SchemeOf) -> DatabaseInfo:
    """What a database from elsewhere is made of, after a look at all of it.

    It has our tables and no view, trigger or index beside them, and each page is where it must be
    (sqlite.org, "Defense Against The Dark Arts").

    Raises:
        ConfigurationError: it is none, of another form, or damaged.
    """
    info = AdvisoryDatabase(path, scheme_of).about()
    flags = apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
    try:
        with_own = apsw.Connection(":memory:")
        with_own.execute(TABLES).fetchall()
        connection = apsw.Connection(read_only_uri(path), flags=flags)
        connection.execute(_CAREFUL).fetchall()
        same = connection.execute(_SHAPE).fetchall() == with_own.execute(_SHAPE).fetchall()
        sound = same and connection.execute("PRAGMA quick_check(1)").get == "ok"
        connection.close()
    except (apsw.Error, ValueError) as error:
        raise ConfigurationError(f"the database that came is damaged: {error}", hint=_HINT) from None
    if not same:
        raise ConfigurationError("the database that came has other tables than ours", hint=_HINT)
    if not sound:
        raise ConfigurationError("the database that came is damaged", hint=_HINT)
    return info


def _pack(file: IO[bytes], descriptor: int) -> tuple[tuple[str, int], tuple[str, int]]:
    """Digest and size of the file, and of what is written to the descriptor."""
    plain, packed = hashlib.sha256(), hashlib.sha256()
    sizes = [0, 0]
    stream = zstd.ZstdCompressor(_LEVEL)
    while piece := file.read(READ_CHUNK):
        plain.update(piece)
        sizes[0] += len(piece)
        sizes[1] += _put(stream.compress(piece), packed, descriptor)
    sizes[1] += _put(stream.flush(), packed, descriptor)
    return (f"sha256:{plain.hexdigest()}", sizes[0]), (f"sha256:{packed.hexdigest()}", sizes[1])


def _put(data: bytes, digest: Any, descriptor: int) -> int:  # noqa: ANN401 - hashlib's type has no public name
    digest.update(data)
    _write(descriptor, data)
    return len(data)


def _write(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


class _Told(io.FileIO):
    """A file from its beginning, that tells how far it was read; the descriptor stays open behind it."""

    def __init__(self, descriptor: int, told: Callable[[int], None]) -> None:
        super().__init__(descriptor, "rb", closefd=False)
        self._told = told
        self.seek(0)

    def read(self, size: int | None = -1) -> bytes:
        piece = super().read(-1 if size is None else size) or b""
        self._told(self.tell())
        return piece
