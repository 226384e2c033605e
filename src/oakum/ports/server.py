"""The server, as those ask it who have its URL and a token; a sync port."""

from typing import Protocol


class Server(Protocol):
    """Asks the API."""

    def ask(self, method: str, path: str, body: bytes = b"", *, packed: bool = False) -> bytes:
        """The body of the answer.

        Args:
            method: of HTTP.
            path: below ``/api/v1``, with its query.
            body: JSON; or msgpack packed with zstandard.
            packed: which of the two.

        Raises:
            UsageError: the server does not take this.
            NotPermittedError: it does not know who asks, or does not let them.
            TryLaterError: it cannot be reached, or cannot answer now.
            ConfigurationError: it cannot be trusted.
        """
        ...

    def close(self) -> None:
        """Let the connection go."""
        ...
