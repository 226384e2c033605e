"""The place of an advisory database, for those who carry a whole one to it or away from it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import IO, Protocol

from msgspec import Struct

from oakum.model.advisory import DatabaseInfo


class Packed(Struct, frozen=True):
    """A database packed with zstandard.

    Attributes:
        info: what it is made of.
        file_digest: of the unpacked file.
        file_size: of the unpacked file.
        digest: of the packed bytes.
        size: of the packed bytes.
        open: opens the packed bytes at their beginning, as often as it is called; what it is given is told how
            far they were read.
    """

    info: DatabaseInfo
    file_digest: str
    file_size: int
    digest: str
    size: int
    open: Callable[[Callable[[int], None]], IO[bytes]]


class Stated(Struct, frozen=True):
    """What a database that comes is said to be; what comes is held to it.

    Attributes:
        digest: its identity.
        built: when.
        file_digest: of the unpacked file.
        file_size: of the unpacked file.
    """

    digest: str
    built: str
    file_digest: str
    file_size: int


class Arrival(Protocol):
    """A database on its way into the place; the one that is there stays until ``finish`` returns."""

    def take(self, piece: bytes) -> None:
        """Unpack the next bytes.

        Raises:
            DamagedError: they are no zstandard, or unpack to more than was stated.
            TryLaterError: there is no room.
        """
        ...

    def finish(self) -> DatabaseInfo:
        """Hold what came to what was stated, look whether it is a database, and put it in place in one step.

        Raises:
            DamagedError: it is not what was stated.
            ConfigurationError: it is no database of this form, or a damaged one.
        """
        ...


class DatabasePlace(Protocol):
    """The place of one advisory database; a sync port."""

    def about(self) -> DatabaseInfo | None:
        """What the database in place is made of; None where there is none that can be used.

        Raises:
            ConfigurationError: a newer program made it, which would miss it.
        """
        ...

    def file_digest(self) -> str:
        """SHA-256 of the file in place as ``sha256:…``; empty where there is none."""
        ...

    def packed(self) -> AbstractContextManager[Packed]:
        """The database in place, packed for as long as the context lasts.

        Raises:
            ConfigurationError: there is none, or it cannot be used.
        """
        ...

    def arrival(self, stated: Stated) -> AbstractContextManager[Arrival]:
        """Make ready for another database; whoever else writes there is waited for.

        Raises:
            NotPermittedError: the place cannot be written.
        """
        ...

    def note(self, info: DatabaseInfo, origin: str) -> None:
        """Keep when the data in place were last known to be current, and where that was said."""
        ...
