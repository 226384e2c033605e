"""What the kernel could not tell, by container, and the records that say so."""

import struct
from typing import Final, NamedTuple

from oakum.kit import limits
from oakum.sources.kernel.libbpf import Map

_COUNTS: Final = struct.Struct("<QQQQ")
COUNTS_AT: Final = 72
"""Where the counts begin in ``struct lost``; the contract with bpf/records.h is held by a test."""

SIZE: Final = 120


class Totals(NamedTuple):
    """Counts of the whole host since the sensor started.

    Attributes:
        urgent: lost starts and ends of programs and containers.
        bulk: lost writes and connections.
        limited: of those, how many were over the rate of one container.
        suppressed: repeats that say nothing new.
    """

    urgent: int = 0
    bulk: int = 0
    limited: int = 0
    suppressed: int = 0


class Losses:
    """Reads the counters of the kernel and tells what came since the last look."""

    def __init__(self, by_group: Map, totals: Map, processors: int) -> None:
        """Take the maps; ``processors`` is how many the kernel may have."""
        self._by_group = by_group
        self._totals = totals
        self._processors = processors
        self._told: dict[bytes, Totals] = {}
        self._last = Totals()

    def total(self) -> Totals:
        """The counts of the whole host; no container's going takes any away."""
        every = self._totals.get(bytes(4), self._processors * SIZE) or bytes(self._processors * SIZE)
        parts = [_COUNTS.unpack_from(every, one * SIZE + COUNTS_AT) for one in range(self._processors)]
        return Totals(*(sum(column) for column in zip(*parts, strict=True)))

    def news(self) -> list[bytes]:
        """A record for each container whose counts moved, with what came since the last look."""
        total = self.total()
        if total == self._last:
            return []
        self._last = total
        records = []
        for key in list(self._by_group.keys(limits.CONTROL_GROUPS)):
            record = self._by_group.get(key)
            if record is not None and (moved := self._moved(key, record)):
                records.append(moved)
        return records

    def _moved(self, key: bytes, record: bytes) -> bytes:
        now, before = Totals(*_COUNTS.unpack_from(record, COUNTS_AT)), self._told.get(key, Totals())
        if any(new < old for new, old in zip(now, before, strict=True)):
            before = Totals()  # the kernel forgot the container meanwhile and began anew
        if now == before:
            return b""
        if len(self._told) >= limits.CONTROL_GROUPS:
            self._told.pop(next(iter(self._told)))
        self._told[key] = now
        changed = (new - old for new, old in zip(now, before, strict=True))
        return record[:COUNTS_AT] + _COUNTS.pack(*changed) + record[COUNTS_AT + _COUNTS.size :]
