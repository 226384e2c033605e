"""Processes that are to end when the one that started them does, however that ended."""

import ctypes
import os
import signal
from typing import Final

_PR_SET_PDEATHSIG: Final = 1
"""prctl(2): the kernel sends this process a signal when its parent ends."""


def end_with_parent(number: int = signal.SIGKILL) -> None:
    """Have the kernel end this process with its parent; where that has ended by now, end at once."""
    parent = os.getppid()
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, number)
    if parent == 1 or os.getppid() != parent:
        os._exit(1)
