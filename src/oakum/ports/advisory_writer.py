"""Where a new database of advisories is written, as a build asks for it."""

from types import TracebackType
from typing import Final, Protocol, Self

from oakum.model.advisory import Advisory, DatabaseInfo, Exploited
from oakum.model.cve import CveRecord

SCHEMA: Final = 4
"""Counts changes of what a database keeps and of what its prefilter means; one of another number is not read."""


class AdvisoryWriter(Protocol):
    """One database in the making; it takes the old one's place only when it is finished.

    Left by an exception, or without ``finish``, it leaves no trace and the old one stays.
    """

    def __enter__(self) -> Self:
        """Claim the place: until it is left, nobody else writes there.

        Raises:
            TryLaterError: somebody else writes there.
            NotPermittedError: the place cannot be written.
        """
        ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Remove what was not finished."""
        ...

    def before(self) -> DatabaseInfo | None:
        """What the database in place is made of; its sources are those that can be kept.

        None where there is none, or where nothing of it can be carried over.

        Raises:
            ConfigurationError: a newer program made it, which would miss it.
        """
        ...

    def add(self, advisory: Advisory) -> None:
        """Keep one advisory."""
        ...

    def add_exploited(self, cve: str, exploited: Exploited, source: str) -> None:
        """Keep what a source knows of a CVE's exploitation; of several entries about one the last."""
        ...

    def add_cve(self, record: CveRecord, source: str) -> None:
        """Keep one record of the CVE list; of several about one the last."""
        ...

    def keep(self, source: str) -> None:
        """Carry everything of a source over from the database in place; ``before`` has named it."""
        ...

    def finish(self, info: DatabaseInfo) -> None:
        """Make it whole and put it in the old one's place, in one step.

        Raises:
            TryLaterError: there is no room for it.
            NotPermittedError: the place cannot be written.
        """
        ...
