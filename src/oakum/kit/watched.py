"""One life of a parser: its process, and what it shares with its parent.

Imports next to nothing, so that the process can be started before the parent loads its own
modules: both then load side by side.
"""

import os
import select

from oakum.kit import frames, process
from oakum.kit.journal import InHand, Journal

_MOST = 32
"""Processes of one parser."""


def workers() -> int:
    """How many layers are read at a time: one per processor that we may use, up to what few images have."""
    return min(len(os.sched_getaffinity(0)), _MOST)


class WatchedHelper:
    """A parser that was started.

    Args:
        module: the program.
        scratch: a folder for unnamed files that hold what is too large for memory.
        workers: how many processes it may be.
        kept: descriptors that it inherits.

    Attributes:
        workers: how many processes it may be.
        journal: what they have in hand.
        spills: their unnamed files.
        speaking: descriptors of what its processes say, of those that have not finished.
        room: an unnamed file for a target that has to be unpacked as a whole.
        feeds: the receiving ends, in the process, of a pipe for each: what is downloaded comes there.
        code: how it ended, once it was closed: an exit code, negative for a signal.
    """

    def __init__(self, module: str, scratch: str, workers: int, kept: tuple[int, ...] = ()) -> None:
        """Start it; it waits for its request."""
        self.workers = workers
        self.journal = Journal.create(workers)
        self.spills = tuple(_unnamed(scratch) for _ in range(workers))
        self.room = _unnamed(scratch)
        pipes = [os.pipe2(os.O_CLOEXEC) for _ in range(workers)]
        self.feeds = tuple(ends[0] for ends in pipes)
        self._feeding = tuple(ends[1] for ends in pipes)
        said = [os.pipe2(os.O_CLOEXEC) for _ in range(workers - 1)]
        outputs = tuple(ends[1] for ends in said)
        self._hearing = tuple(ends[0] for ends in said)
        try:
            shared = (self.journal.descriptor, self.room, *self.spills, *self.feeds, *outputs)
            self._helper = process.start(module, tuple(map(str, outputs)), keep=(*shared, *kept))
        finally:
            for descriptor in (*self.feeds, *outputs):  # the parser alone has these ends, so that theirs is seen
                os.close(descriptor)
        self.speaking = [self._helper.output, *self._hearing]
        self.code = 0

    def take_feeding(self) -> tuple[int, ...]:
        """The sending ends of the pipes that its processes read, one for each; once, for who sends there."""
        feeding, self._feeding = self._feeding, ()
        return feeding

    def send(self, data: bytes) -> None:
        """Say something to it."""
        try:
            frames.send(self._helper.input, data)
        except BrokenPipeError:
            return  # it has died: reading from it says so

    def readable(self, outputs: list[int], seconds: float) -> list[int]:
        """On which of the outputs something is said within that time."""
        return select.select(outputs, [], [], seconds)[0]

    def close(self) -> list[InHand]:
        """End it; say what it had in hand."""
        self.code = self._helper.end()
        in_hand = self.journal.in_hand()
        self.journal.close()
        for descriptor in (self.room, *self.spills, *self._hearing, *self.take_feeding()):
            os.close(descriptor)
        return in_hand


def _unnamed(folder: str) -> int:
    """An unnamed file in a folder, or in memory where the folder cannot have one."""
    try:
        return os.open(folder, os.O_TMPFILE | os.O_RDWR | os.O_CLOEXEC, 0o600)
    except OSError:
        return os.memfd_create("oakum-spill", os.MFD_CLOEXEC)
