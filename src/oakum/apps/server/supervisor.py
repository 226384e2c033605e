"""The supervisor of ``oakum serve``: starts the API process and the worker, and starts again whichever ends."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from types import FrameType
from typing import Final

from oakum.apps.server.settings import Settings, environment

CHILDREN: Final = ("api_process", "worker")
_LOOK_SECONDS: Final = 0.1
_END_SECONDS: Final = 10
_SOON_SECONDS: Final = 2.0
_WAITS: Final = (0.0, 0.2, 1.0, 5.0)
"""Before each start after one that failed soon, in seconds; the last one is kept."""


class _Child:
    """One process, from one life to the next."""

    def __init__(self, name: str, settings: Settings) -> None:
        self.name = name
        self._settings = settings
        self._failed = 0
        self._began = self._next = 0.0
        self.process: subprocess.Popen[bytes] | None = None

    def look(self, say: Callable[[str], None]) -> None:
        """Start it where it does not run and its time has come."""
        now = time.monotonic()
        if self.process is not None and (code := self.process.poll()) is not None:
            soon = now - self._began < _SOON_SECONDS
            self._failed = self._failed + 1 if soon else 0
            self._next = now + _WAITS[min(self._failed, len(_WAITS) - 1)]
            self.process = None
            say(f"the {self.name.replace('_', ' ')} ended ({code}); starting another")
        if self.process is None and now >= self._next:
            self._began = now
            command = [sys.executable, "-P", "-m", f"oakum.apps.server.{self.name}", str(os.getpid())]
            words = environment(self._settings)
            self.process = subprocess.Popen(command, env=words, stdin=subprocess.DEVNULL)  # noqa: S603 - our own module


def supervise(settings: Settings, say: Callable[[str], None]) -> None:
    """Keep everything running until a signal asks to end."""
    asked: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:
        del frame
        asked.append(number)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, note)
    children = [_Child(name, settings) for name in CHILDREN]
    try:
        while not asked:
            for child in children:
                child.look(say)
            time.sleep(_LOOK_SECONDS)
    finally:
        for child in children:
            _end(child.process)


def _end(process: "subprocess.Popen[bytes] | None") -> None:
    if process is None or process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(_END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
