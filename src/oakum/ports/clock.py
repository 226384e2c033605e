"""The time, as a flow asks for it."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time; a sync port."""

    def now(self) -> datetime:
        """The time now, with its zone (UTC)."""
        ...
