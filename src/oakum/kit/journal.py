"""A page of shared memory in which each process of a helper notes what it has in hand.

When the helper dies or hangs, its parent reads there which file did it. Writing is a copy
into memory: no system call, so that every file can be noted.
"""

import mmap
import os
import struct
import time

from oakum.kit.limits import NAME_BYTES

_HEAD = struct.Struct("=dii")  # since when (0 when idle), which part, length of the path
_FED = struct.Struct("=d")  # since when the process has the data that it waited for; endless while it waits
_SLOT = 8192
_FED_AT = _SLOT - _FED.size


class InHand:
    """What a process was working on: a path of a part, since a moment of the monotonic clock."""

    def __init__(self, part: int, path: str, since: float) -> None:
        """Note it."""
        self.part = part
        self.path = path
        self.since = since


class Journal:
    """Slots of shared memory, one per process.

    Args:
        descriptor: of the memory, as ``create`` gave it.
        slots: how many processes there are.
    """

    def __init__(self, descriptor: int, slots: int) -> None:
        """Map the memory."""
        self.descriptor = descriptor
        self.slots = slots
        self._map = mmap.mmap(descriptor, _SLOT * slots)

    @classmethod
    def create(cls, slots: int) -> "Journal":
        """Make the memory; its descriptor is to be handed to the helper."""
        descriptor = os.memfd_create("oakum-journal", os.MFD_CLOEXEC)
        os.ftruncate(descriptor, _SLOT * slots)
        return cls(descriptor, slots)

    def begin(self, slot: int, part: int, path: str) -> None:
        """Note that a process takes a file in hand."""
        name = path.encode("utf-8", "replace")[:NAME_BYTES]
        at = slot * _SLOT
        self._map[at + _HEAD.size : at + _HEAD.size + len(name)] = name
        self._map[at : at + _HEAD.size] = _HEAD.pack(time.monotonic(), part, len(name))

    def done(self, slot: int) -> None:
        """Note that a process has nothing in hand."""
        self._map[slot * _SLOT : slot * _SLOT + 8] = bytes(8)

    def waits(self, slot: int, *, waiting: bool) -> None:
        """Note that a process waits for data to come, or has them: the time in between is no file's fault."""
        at = slot * _SLOT + _FED_AT
        self._map[at : at + _FED.size] = _FED.pack(float("inf") if waiting else time.monotonic())

    def in_hand(self) -> list[InHand]:
        """What the processes have in hand now."""
        found = []
        for at in range(0, _SLOT * self.slots, _SLOT):
            since, part, length = _HEAD.unpack(self._map[at : at + _HEAD.size])
            if since:
                length = max(0, min(length, NAME_BYTES))
                name = self._map[at + _HEAD.size : at + _HEAD.size + length]
                fed = _FED.unpack(self._map[at + _FED_AT : at + _SLOT])[0]
                found.append(InHand(part, name.decode("utf-8", "replace"), max(since, fed)))
        return found

    def close(self) -> None:
        """Give the memory back."""
        self._map.close()
        os.close(self.descriptor)
