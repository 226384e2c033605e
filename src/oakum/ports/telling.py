"""Sends what people are told; an async port."""

from typing import Protocol


class Telling(Protocol):
    """Posts messages."""

    async def post(self, url: str, headers: dict[str, str], body: bytes) -> int:
        """The status of the answer.

        Raises:
            TryLaterError: the receiver cannot be reached, or does not answer in time.
        """
        ...

    async def close(self) -> None:
        """Let every connection go."""
        ...
