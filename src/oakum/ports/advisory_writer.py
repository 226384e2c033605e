"""Where a new database of advisories is written, as a build asks for it."""

from types import TracebackType
from typing import Final, Protocol, Self

from oakum.model.advisory import Advisory, DatabaseInfo, Exploited

SCHEMA: Final = 3
"""Counts changes of what a database keeps and of what its prefilter means; one of another number is not read."""


class AdvisoryWriter(Protocol):
    """One database in the making; it takes the old one's place only when it is finished.

    Left by an exception, or without ``finish``, it leaves no trace and the old one stays.
    """

    def __enter__(self) -> Self:
        """Begin beside the old database."""
        ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Remove what was not finished."""
        ...

    def add(self, advisory: Advisory) -> None:
        """Keep one advisory."""
        ...

    def add_exploited(self, cve: str, exploited: Exploited) -> None:
        """Keep what is known of a CVE's exploitation; once per CVE."""
        ...

    def finish(self, info: DatabaseInfo) -> None:
        """Make it whole and put it in the old one's place, in one step.

        Raises:
            TryLaterError: there is no room for it.
            NotPermittedError: the place cannot be written.
        """
        ...
