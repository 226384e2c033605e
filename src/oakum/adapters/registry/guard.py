"""Breaks off connections that stand still or drip: a time limit per system call would not see the latter."""

import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Final

from oakum.kit.limits import STALL_BYTES

_CHECKS: Final = 8


class Watch:
    """The waiting of one connection; used as a context around whatever waits for the network.

    Args:
        break_off: ends the waiting from another thread.

    Attributes:
        broken: whether it was broken off.
    """

    def __init__(self, break_off: Callable[[], None]) -> None:
        """Nobody waits yet."""
        self.broken = False
        self._break_off = break_off
        self._since: float | None = None
        self._waited = 0.0
        self._came = 0

    def begin(self) -> None:
        """A new request begins."""
        self._waited, self._came, self.broken = 0.0, 0, False

    def __enter__(self) -> None:
        """Wait for the network from now on."""
        self._since = time.monotonic()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """It waits no more."""
        since, self._since = self._since, None
        self._waited += time.monotonic() - (since or 0.0)

    def came(self, size: int) -> None:
        """So many bytes came."""
        self._came += size

    def check(self, seconds: float) -> None:
        """Break off what brought too little in its time of waiting."""
        since, now = self._since, time.monotonic()
        if since is None or self._waited + now - since < seconds:
            return
        if self._came < STALL_BYTES:
            self.broken = True
            self._break_off()
        else:
            self._waited, self._came = since - now, 0


class Guard:
    """Checks every watch in a thread of its own.

    Args:
        seconds: how long a download may stand still.
    """

    def __init__(self, seconds: float) -> None:
        """Start when there is something to watch."""
        self.seconds = seconds
        self._watches: list[Watch] = []
        self._thread: threading.Thread | None = None

    def watch(self, break_off: Callable[[], None]) -> Watch:
        """Watch one more connection."""
        watch = Watch(break_off)
        self._watches.append(watch)
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, daemon=True)
            self._thread.start()
        return watch

    def _run(self) -> None:
        while True:
            time.sleep(self.seconds / _CHECKS)
            for watch in tuple(self._watches):
                watch.check(self.seconds)
