"""The supervisor: holds the socket that the engine calls, so that calls wait instead of failing while a decider starts.

It understands nothing that comes in. Killed, it takes the socket with it, and the engine refuses every call.
"""

import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from types import FrameType
from typing import Final

from oakum.apps.dockerauthz.relay import relay
from oakum.kit import process
from oakum.kit.errors import NotPermittedError

DECIDER: Final = "oakum.apps.dockerauthz.decider"

_QUEUE: Final = 512
_LOOK_SECONDS: Final = 0.2
_REASON_BYTES: Final = 1024
_SOON_SECONDS: Final = 1.0
_WAITS: Final = (0.0, 0.1, 0.5, 2.0)
"""Before each start after one that failed soon, in seconds; the last one is kept."""


class _Asked:
    """Whether somebody asked the supervisor to end."""

    def __init__(self) -> None:
        self.to_end = False

    def __call__(self, number: int, frame: FrameType | None) -> None:
        del number, frame
        self.to_end = True


def supervise(path: str, words: tuple[str, ...], say: Callable[[str], None]) -> None:
    """Listen at a path, and keep a decider running until a signal asks to end.

    Args:
        path: of the socket.
        words: for the decider, after the number of the listening descriptor.
        say: is told what happens.

    Raises:
        NotPermittedError: the socket cannot be made.
    """
    listener, deciders = _listen(path), _listen(f"{path}.d/decider")  # the engine takes sockets beside it for plug-ins
    asked = _Asked()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, asked)
    failed = 0
    threading.Thread(target=relay, args=(listener, deciders.getsockname()), daemon=True).start()
    try:
        while not asked.to_end:
            time.sleep(_WAITS[min(failed, len(_WAITS) - 1)])
            began = time.monotonic()
            why = _one_life(deciders, words, asked)
            soon = time.monotonic() - began < _SOON_SECONDS
            failed = failed + 1 if soon else 0
            if not asked.to_end:
                say(f"the decider ended ({why}); starting another")
    finally:
        for held in (listener, deciders):
            held.close()
        with suppress(OSError):  # somebody may have tidied up already
            os.unlink(path)
            os.unlink(f"{path}.d/decider")
            os.rmdir(f"{path}.d")


def _one_life(listener: socket.socket, words: tuple[str, ...], asked: _Asked) -> str:
    """Run a decider until it ends, or somebody asks to end; say how it ended."""
    helper = process.start(DECIDER, (str(listener.fileno()), *words), keep=(listener.fileno(),))
    try:
        while (code := helper.wait(_LOOK_SECONDS)) is None and not asked.to_end:
            continue
        return os.read(helper.output, _REASON_BYTES).decode("utf-8", "replace") if code == 1 else f"code {code}"
    finally:
        helper.end()


def _listen(path: str) -> socket.socket:
    """The socket, for the engine alone (it runs as root)."""
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        os.makedirs(os.path.dirname(path), mode=0o755, exist_ok=True)
        if os.path.exists(path):
            os.unlink(path)
        before = os.umask(0o177)
        try:
            listener.bind(path)
        finally:
            os.umask(before)
        listener.listen(_QUEUE)
    except OSError as error:
        listener.close()
        raise NotPermittedError(f"{path} cannot be made: {error.strerror}", "the plug-in runs as root") from None
    return listener
