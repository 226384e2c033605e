"""One life of a parser: its process, and what it shares with its parent.

Imports next to nothing, so that the process can be started before the parent loads its own
modules: both then load side by side.
"""

import os
import select

from oakum.kit import frames, process
from oakum.kit.journal import InHand, Journal


def threads() -> int:
    """How many layers are read at a time: one per processor that we may use."""
    return len(os.sched_getaffinity(0))


class WatchedHelper:
    """A parser that was started.

    Args:
        module: the program.
        scratch: a folder for unnamed files that hold what is too large for memory.
        threads: how many threads it may use.
        kept: descriptors that it inherits.

    Attributes:
        threads: how many threads it may use.
        journal: what they have in hand.
        spills: their unnamed files.
        room: an unnamed file for a target that has to be unpacked as a whole.
        feeds: the receiving ends, in the process, of a pipe for each: what is downloaded comes there.
        output: descriptor of what it says.
        code: how it ended, once it was closed: an exit code, negative for a signal.
    """

    def __init__(self, module: str, scratch: str, threads: int, kept: tuple[int, ...] = ()) -> None:
        """Start it; it waits for its request."""
        self.threads = threads
        self.journal = Journal.create(threads)
        self.spills = tuple(_unnamed(scratch) for _ in range(threads))
        self.room = _unnamed(scratch)
        pipes = [os.pipe2(os.O_CLOEXEC) for _ in range(threads)]
        self.feeds = tuple(ends[0] for ends in pipes)
        self._feeding = tuple(ends[1] for ends in pipes)
        try:
            shared = (self.journal.descriptor, self.room, *self.spills, *self.feeds)
            self._helper = process.start(module, (), keep=(*shared, *kept))
        finally:
            for descriptor in self.feeds:  # the parser alone reads there: its end must be seen by who sends
                os.close(descriptor)
        self.output = self._helper.output
        self.code = 0

    def take_feeding(self) -> tuple[int, ...]:
        """The sending ends of the pipes that the process reads, one per thread; once, for who sends there."""
        feeding, self._feeding = self._feeding, ()
        return feeding

    def send(self, data: bytes) -> None:
        """Say something to it."""
        try:
            frames.send(self._helper.input, data)
        except BrokenPipeError:
            return  # it has died: reading from it says so

    def readable(self, seconds: float) -> bool:
        """Whether it says something within that time."""
        return bool(select.select([self.output], [], [], seconds)[0])

    def close(self) -> list[InHand]:
        """End it; say what it had in hand."""
        self.code = self._helper.end()
        in_hand = self.journal.in_hand()
        self.journal.close()
        for descriptor in (self.room, *self.spills, *self.take_feeding()):
            os.close(descriptor)
        return in_hand


def _unnamed(folder: str) -> int:
    """An unnamed file in a folder, or in memory where the folder cannot have one."""
    try:
        return os.open(folder, os.O_TMPFILE | os.O_RDWR | os.O_CLOEXEC, 0o600)
    except OSError:
        return os.memfd_create("oakum-spill", os.MFD_CLOEXEC)
