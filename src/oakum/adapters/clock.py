"""The time of the machine."""

import os
from datetime import UTC, datetime

_DIGITS = 10  # enough until the year 2286


class MachineClock:
    """The machine's clock, as ``ports.clock.Clock``.

    ``SOURCE_DATE_EPOCH`` stops it, so that a report can be made again byte for byte.
    """

    def now(self) -> datetime:
        """The time now, in UTC."""
        stopped = os.environ.get("SOURCE_DATE_EPOCH", "")
        if stopped.isascii() and stopped.isdigit() and len(stopped) <= _DIGITS:
            return datetime.fromtimestamp(int(stopped), UTC)
        return datetime.now(UTC)
