"""Fetching files, as a flow asks for it."""

from typing import Protocol

from oakum.kit.errors import UnreadableError


class MissingError(UnreadableError):
    """The server has no such file."""


class Http(Protocol):
    """Fetches over the network; a sync port."""

    def fetch(self, url: str, into: str) -> None:
        """Put what a URL gives into a new file.

        Raises:
            MissingError: the server has no such file.
            UsageError: the URL is none that may be fetched.
            TryLaterError: the server cannot be reached, fails or takes too long; or there is no room.
            LimitError: the file is larger than one may be.
        """
        ...
