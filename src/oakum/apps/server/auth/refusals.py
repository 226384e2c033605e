"""Refused access: audited, but so that nobody can flood the trail; wrong passwords wait longer each time."""

import time
from collections import OrderedDict
from threading import Lock
from typing import Final

_EVERY_SECONDS: Final = 60.0
_KNOWN: Final = 1_000
_FIRST_WAIT: Final = 0.5
_LONGEST_WAIT: Final = 60.0


class Refusals:
    """Which refusals were said lately: each source and reason once a minute, with the number of those left out."""

    def __init__(self) -> None:
        """Nothing was refused yet."""
        self._said: OrderedDict[tuple[str, str], tuple[float, int]] = OrderedDict()
        self._lock = Lock()

    def is_due(self, source: str, reason: str) -> int:
        """How many refusals the entry that is due now speaks of; 0: none is due."""
        now = time.monotonic()
        with self._lock:
            at, many = self._said.get((source, reason), (-_EVERY_SECONDS, 0))
            due = now - at >= _EVERY_SECONDS
            self._said[source, reason] = (now, 0) if due else (at, many + 1)
            self._said.move_to_end((source, reason))
            while len(self._said) > _KNOWN:
                self._said.popitem(last=False)
        return many + 1 if due else 0


class Patience:
    """How long whoever gave wrong passwords waits: twice as long each time."""

    def __init__(self) -> None:
        """Nobody was wrong yet."""
        self._wrong = 0
        self._until = 0.0
        self._lock = Lock()

    def left(self) -> float:
        """Seconds until a password is looked at again."""
        with self._lock:
            return max(0.0, self._until - time.monotonic())

    def was(self, *, right: bool) -> None:
        """Note how a password was."""
        with self._lock:
            self._wrong = 0 if right else self._wrong + 1
            wait = min(_LONGEST_WAIT, _FIRST_WAIT * 2 ** min(self._wrong - 1, 10)) if self._wrong else 0.0
            self._until = time.monotonic() + wait
