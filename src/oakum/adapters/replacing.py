"""Writes a file beside the old one and puts it in its place in one step, one process at a time."""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

import apsw

from oakum.kit.errors import NotPermittedError, TryLaterError

Say = Callable[[str], None]

_KEEP_LAST_GOOD: Final = "what was there before is untouched; make room and try again"
_WAIT_SECONDS: Final = 1_800
_LOOK_SECONDS: Final = 0.1


@contextmanager
def troubles(path: str) -> Iterator[None]:
    """Our own errors for what goes wrong while a file is written.

    Raises:
        TryLaterError: there is no room, or the disk fails.
        NotPermittedError: the place cannot be written.
    """
    try:
        yield
    except apsw.FullError as error:
        raise TryLaterError(f"there is no room for the database {path}", hint=_KEEP_LAST_GOOD) from error
    except (PermissionError, apsw.CantOpenError, apsw.ReadOnlyError) as error:
        raise NotPermittedError(f"{path} cannot be written: {error}") from error
    except (OSError, apsw.IOError) as error:
        raise TryLaterError(f"{path} cannot be written: {error}", hint=_KEEP_LAST_GOOD) from error


def claim(path: str, waiting: Say | None = None) -> int:
    """Open a new file that one process alone writes; what a killed one left there is overwritten.

    Args:
        path: of the new file.
        waiting: is told that somebody else writes it, who is then waited for; without it that is an error.

    Raises:
        TryLaterError: somebody else writes it, or has not ended in half an hour.
    """
    ends = time.monotonic() + _WAIT_SECONDS
    said = False
    while (descriptor := _claimed(path)) is None:
        if waiting is None or time.monotonic() > ends:
            raise TryLaterError(f"another update is writing {path}", hint="wait until it has ended")
        if not said:
            waiting(f"another update is writing {path}; waiting until it has ended")
            said = True
        time.sleep(_LOOK_SECONDS)
    return descriptor


def _claimed(path: str) -> int | None:
    """The new file with its lock, or None where another process has it.

    The lock is on the file and not on its name: whoever got the file just before it was
    renamed holds a lock on what is now the finished file, and must leave it alone.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.path.samestat(os.fstat(descriptor), os.stat(path)):
            os.ftruncate(descriptor, 0)
            return descriptor
    except (BlockingIOError, FileNotFoundError):
        pass
    except BaseException:
        os.close(descriptor)
        raise
    os.close(descriptor)
    return None


def put_in_place(temporary: str, path: str) -> None:
    """Put a file in another's place so that after a power cut one of the two is there, whole."""
    _settle(temporary)
    os.replace(temporary, path)
    _settle(os.path.dirname(path))


def remove(path: str) -> None:
    """Remove a file that may be there."""
    try:
        os.unlink(path)
    except FileNotFoundError:
        return


def _settle(path: str) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
