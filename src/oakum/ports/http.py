"""Fetching files, as a flow asks for it."""

from typing import Protocol

from oakum.kit.errors import UnreadableError
from oakum.model.update_state import Validators


class MissingError(UnreadableError):
    """The server has no such file."""


class Http(Protocol):
    """Fetches over the network; a sync port."""

    def fetch(self, url: str, into: str, known: Validators | None = None) -> Validators | None:
        """Put what a URL gives into a new file, and give what the server says of its revision.

        None means that the server has still the revision that is known: there is no file then.

        Raises:
            MissingError: the server has no such file.
            UsageError: the URL is none that may be fetched.
            TryLaterError: the server cannot be reached, fails or takes too long; or there is no room.
            LimitError: the file is larger than one may be.
        """
        ...
