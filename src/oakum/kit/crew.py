"""Processes that share one work: forked while there is one thread and nothing hostile was read.

Threads share the interpreter's lock, and whoever walks an archive needs it: two that read layers side by side take a
tenth longer than two processes do.
"""

import contextlib
import os
from collections.abc import Sequence
from typing import Final

from oakum.kit import frames

_NUMBER: Final = 2
"""Bytes of the number of a part."""


class Crew:
    """What a process of a crew knows of it; the first one leads.

    Attributes:
        slot: which process this is, from 0.
        descriptors: what it must keep open to hear of the work.
        missing: slots for which no process could be had.
    """

    def __init__(self, slot: int, parts: tuple[int, ...], orders: dict[int, int], missing: tuple[int, ...]) -> None:
        """Hold what ``muster`` made."""
        self.slot = slot
        self.missing = missing
        self.descriptors = frozenset((*parts, *orders.values()))
        self._parts = parts
        self._orders = orders

    def tell(self, data: bytes) -> None:
        """Say something to every other process; for the one that leads."""
        for descriptor in self._orders.values():
            with contextlib.suppress(BrokenPipeError):  # it has died, which whoever started us sees
                frames.send(descriptor, data)

    def order(self, data: bytes, parts: Sequence[int]) -> None:
        """Say what is to be done, to as many processes as there are parts; the others learn that there is nothing."""
        for slot, descriptor in self._orders.items():
            if slot < len(parts):
                with contextlib.suppress(BrokenPipeError):
                    frames.send(descriptor, data)
            os.close(descriptor)
        numbers = b"".join(part.to_bytes(_NUMBER, "big") for part in parts)
        receiving, sending = self._parts
        os.write(sending, numbers)  # a pipe has room for 32,768
        os.close(sending)
        self._parts = (receiving,)

    def hear(self) -> bytes | None:
        """What the leader says next, or None where it has nothing more to say; for the others."""
        return frames.receive(self._orders[self.slot])

    def take(self) -> int | None:
        """The next part that nobody has taken, or None at the end."""
        number = os.read(self._parts[0], _NUMBER)
        return int.from_bytes(number, "big") if number else None


def muster(outputs: Sequence[int]) -> Crew:
    """Fork as many processes as there are outputs; each says what it has to say on its standard output.

    It returns in each of them. A process that cannot be had is no error: fewer share the work.

    Args:
        outputs: descriptor of each further process's output; left open for those that could not be had.
    """
    receiving, sending = os.pipe()
    orders: dict[int, int] = {}
    missing = []
    for slot, output in enumerate(outputs, start=1):
        order, ordering = os.pipe()
        try:
            process = os.fork()
        except OSError:
            os.close(order)
            os.close(ordering)
            missing.append(slot)
            continue
        if not process:
            os.dup2(output, 1)
            for other in (sending, ordering, *orders.values(), *outputs[slot - 1 :]):  # whose end others must see
                os.close(other)
            return Crew(slot, (receiving,), {slot: order}, ())
        os.close(order)
        os.close(output)
        orders[slot] = ordering
    return Crew(0, (receiving, sending), orders, tuple(missing))
