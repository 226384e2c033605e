"""Programs that are not ours: run without a shell, with little of our surroundings, bounded in time and in words.

``posix_spawn`` and not ``subprocess``, as for our own helpers: that module costs more than a scan's start.
"""

import os
import select
import time
from collections.abc import Callable, Sequence
from typing import Final

from msgspec import Struct

from oakum.kit.errors import TryLaterError, UnreadableError
from oakum.kit.limits import MIB

_TICK: Final = 0.2
_SIGKILL: Final = 9
_WORDS: Final = 64 * 1024
_PIECE: Final = 64 * 1024
_KEPT: Final = ("PATH", "HOME", "LANG", "TMPDIR")


class Ended(Struct, frozen=True):
    """How a program ended.

    Attributes:
        code: its exit code, negative for a signal.
        output: what it wrote to standard output, where that was not a file.
        said: the beginning of what it wrote to standard error, as text.
    """

    code: int
    output: bytes
    said: str


class MissingProgramError(UnreadableError):
    """A program is not installed."""


def run(
    words: Sequence[str],
    *,
    seconds: float,
    into: int = -1,
    kept: Sequence[str] = (),
    most: int = 16 * MIB,
    told: Callable[[int], None] = lambda _: None,
) -> Ended:
    """Run a program to its end.

    Args:
        words: its name, looked up in ``PATH``, and its arguments.
        seconds: for which it may run.
        into: descriptor of a file for its output, or -1 to be given it.
        kept: variables of our environment that it gets, besides those that every program needs.
        most: bytes of output that are held in memory.
        told: told the bytes in the file, now and then.

    Raises:
        MissingProgramError: it is not installed.
        TryLaterError: it ran too long or spoke too much, or cannot be started.
    """
    reading, writing = os.pipe2(os.O_CLOEXEC)
    failing, failed = os.pipe2(os.O_CLOEXEC)
    try:
        pid = _spawn(words, into if into >= 0 else writing, failed, kept)
    except BaseException:
        os.close(reading)
        os.close(failing)
        raise
    finally:
        os.close(writing)
        os.close(failed)
    running = _Running(words[0], reading, failing, into, told)
    try:
        running.listen(time.monotonic() + seconds, most)
    except BaseException:
        os.killpg(pid, _SIGKILL)
        raise
    finally:
        os.close(reading)
        os.close(failing)
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    return Ended(code, bytes(running.output), running.said[:_WORDS].decode("utf-8", "replace").strip())


class _Running:
    """A program and what it says."""

    def __init__(self, name: str, reading: int, failing: int, into: int, told: Callable[[int], None]) -> None:
        self.output = bytearray()
        self.said = bytearray()
        self._name = name
        self._into = into
        self._told = told
        self._buffers = {reading: self.output, failing: self.said}

    def listen(self, deadline: float, most: int) -> None:
        """Take what it says until it has closed both ends, which it does when it ends."""
        waiting = set(self._buffers)
        while waiting:
            for descriptor in select.select(waiting, [], [], _TICK)[0]:
                piece = os.read(descriptor, _PIECE)
                if not piece:
                    waiting.discard(descriptor)
                elif self._buffers[descriptor] is self.output or len(self.said) < _WORDS:
                    self._buffers[descriptor] += piece
            if len(self.output) > most:
                raise TryLaterError(f"{self._name} wrote more than {most} bytes")
            if time.monotonic() > deadline:
                raise TryLaterError(f"{self._name} did not come to an end in time")
            if self._into >= 0:
                self._told(os.fstat(self._into).st_size)


def _spawn(words: Sequence[str], output: int, errors: int, kept: Sequence[str]) -> int:
    environment = {name: value for name in (*_KEPT, *kept) if (value := os.environ.get(name)) is not None}
    actions = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_DUP2, output, 1),
        (os.POSIX_SPAWN_DUP2, errors, 2),
    ]
    try:
        return os.posix_spawnp(words[0], list(words), environment, file_actions=actions, setsid=True)
    except FileNotFoundError:
        raise MissingProgramError(f"the program {words[0]} is not installed") from None
    except OSError as error:
        raise TryLaterError(f"{words[0]} cannot be started: {error.strerror}") from None


def found_program(name: str) -> bool:
    """Whether a program is in ``PATH``."""
    folders = os.environ.get("PATH", os.defpath).split(os.pathsep)
    return any(os.access(os.path.join(folder, name), os.X_OK) for folder in folders if folder)
