"""Processes that are to end when the one that started them does, however that ended."""

import ctypes
import multiprocessing
import os
import signal
from typing import Final

_PR_SET_PDEATHSIG: Final = 1
"""prctl(2): the kernel sends this process a signal when its parent ends."""

_PR_SET_CHILD_SUBREAPER: Final = 36
"""prctl(2): processes below this one that lose their parent become children of this one."""


def adopt_orphans() -> None:
    """Be given the children of helpers that end, so that ``kit.process`` can see them off.

    Else they go to process 1; in a container that is a program of ours, which does not look for them.
    """
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1)


def end_with_parent(parent: int, number: int = signal.SIGKILL) -> None:
    """Have the kernel end this process with its parent; where that has ended by now, end at once.

    Args:
        parent: its process number, as it said itself: an orphan is given to another one, and in a container the
            parent may well be process 1, which an orphan's new parent is elsewhere.
        number: the signal.
    """
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, number)
    if os.getppid() != parent:
        os._exit(1)


def end_with_spawner(number: int = signal.SIGKILL) -> None:
    """The same for a process of multiprocessing; nothing happens in another one."""
    spawner = multiprocessing.parent_process()
    if spawner is not None and spawner.pid is not None:
        end_with_parent(spawner.pid, number)
