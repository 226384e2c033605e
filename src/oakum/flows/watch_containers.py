"""Watch the containers of a host: records of the kernel become events that know their container."""

import time
from collections.abc import Callable, Iterator
from typing import Final

from msgspec.structs import replace

from oakum.facts.record import RECORDS, RecordKind, Scene, read_head
from oakum.kit import limits
from oakum.kit.errors import DamagedError
from oakum.model.event import CONTAINER_START, GROUP, Event
from oakum.sources.kernel.sensor import Sensor

_NEVER: Final = float("inf")


class Watch:
    """Events of one running sensor, counted from one on."""

    def __init__(self, sensor: Sensor, host: str) -> None:
        """Learn which containers are there; those that come are learned from their own events."""
        self._sensor = sensor
        self._containers = sensor.containers()
        self._kinds = kinds()
        self._scene = Scene(host, 0, self._containers)
        self._sequence = 0
        self.damaged = 0

    def events(self, seconds: float = _NEVER, until: Callable[[], bool] = lambda: False) -> Iterator[Event]:
        """What happens from now on, for so many seconds; then what was lost and not yet said."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0 and not until():
            yield from self._read(self._sensor.poll(left))
        yield from self._read(self._sensor.last())

    def _read(self, records: list[bytes]) -> Iterator[Event]:
        self._scene.booted = _booted()
        for record in records:
            try:
                event = decode(record, self._kinds, self._scene)
            except DamagedError:
                self.damaged += 1
                continue
            if event.kind in {CONTAINER_START, GROUP} and event.container:
                self._learn(event.group, event.container)
            self._sequence += 1
            yield replace(event, sequence=self._sequence)

    def _learn(self, group: int, container: str) -> None:
        """The longest known is forgotten first; events of one that went may still be under way, so it stays a while."""
        if len(self._containers) >= limits.CONTROL_GROUPS:
            self._containers.pop(next(iter(self._containers)))
        self._containers[group] = container
        self._sensor.know(group)


def kinds() -> dict[int, RecordKind]:
    """Every kind of record by its number."""
    return {entry["number"]: RECORDS.load(plugin) for plugin, entry in RECORDS.index().items()}


def decode(record: bytes, every: dict[int, RecordKind], scene: Scene) -> Event:
    """One event.

    Raises:
        DamagedError: the record is none of ours.
    """
    head = read_head(record)
    kind = every.get(head.kind)
    if kind is None:
        raise DamagedError(f"a record of the kernel has kind {head.kind}")
    return kind.decode(head, record, scene)


def _booted() -> int:
    """Nanoseconds from the epoch to the boot, by now: the clock may have been set since."""
    return time.time_ns() - time.clock_gettime_ns(time.CLOCK_BOOTTIME)
