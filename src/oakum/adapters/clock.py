"""The time of the machine."""

from datetime import UTC, datetime


class MachineClock:
    """The machine's clock, as ``ports.clock.Clock``."""

    def now(self) -> datetime:
        """The time now, in UTC."""
        return datetime.now(UTC)
