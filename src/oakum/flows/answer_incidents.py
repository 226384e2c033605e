"""Answer what differs from its image on a host: one incident for each cause, answered once, and reported."""

import os
import signal
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Final

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from oakum.findings.drift.causes import drift_incident
from oakum.flows.answer_drift import KILL, OBSERVE, PAUSE, DriftRules, answered
from oakum.kit.errors import OakumError
from oakum.model.api import IncidentReport
from oakum.model.event import Event
from oakum.model.fleet import Container, Incident
from oakum.model.subject import Change
from oakum.ports.clock import Clock
from oakum.ports.container_engine import ContainerEngine

_INCIDENTS: Final = 1_000
_TICKS: Final = 10_000_000


class Difference(Struct, frozen=True):
    """What differs in a container, and what did it.

    Attributes:
        container: whose files.
        changes: of its files.
        cause: the event that names it; None where no sensor says who did it.
        writer: the event that wrote the file, where another one started it.
    """

    container: Container
    changes: Sequence[Change]
    cause: Event | None = None
    writer: Event | None = None


class IncidentAnswers:
    """The incidents of one host.

    Args:
        host: its id.
        engine: pauses containers.
        clock: tells the time.
        report: has an incident put into the spool.
    """

    def __init__(
        self, host: str, engine: ContainerEngine, clock: Clock, report: Callable[[IncidentReport], None]
    ) -> None:
        """Nothing is told yet."""
        self._host, self._engine, self._clock, self._report = host, engine, clock, report
        self._told: OrderedDict[str, Incident] = OrderedDict()

    def open(self, found: Difference, rules: DriftRules) -> None:
        """Open an incident, or add to the one that the same process caused; answer it once."""
        container, cause, now = found.container, found.cause, self._clock.now()
        incident = drift_incident(container, found.changes, cause, now.isoformat(), found.writer)
        before = self._told.get(incident.id)
        if before is not None:
            merged = tuple(dict.fromkeys((*before.changes, *incident.changes)))
            if merged == before.changes:
                return
            again = drift_incident(container, merged, cause, before.at)
            incident = replace(again, cause=before.cause or incident.cause)
        answer = rules.answer(container, incident, now)
        done = self._act(answer.response, container, cause) if before is None else before.response
        incident = answered(incident, answer, done)
        self._told[incident.id] = incident
        while len(self._told) > _INCIDENTS:
            self._told.popitem(last=False)
        self._report(IncidentReport(incident, answer.judgement, msgspec.to_builtins(answer.subject)))

    def lost(self, event: Event) -> None:
        """Say that the kernel could not record what must not be lost."""
        what = f"{event.urgent} starts and ends of programs could not be recorded"
        where = f" in {event.container[:12]}" if event.container else ""
        incident = Incident(
            f"lost-{self._host[:16]}-{event.container[:12]}-{event.at}",
            "events_lost",
            f"{what}{where}",
            self._clock.now().isoformat(),
            host=self._host,
            container=event.container,
        )
        self._report(IncidentReport(incident))

    def _act(self, response: str, container: Container, cause: Event | None) -> str:
        """Do what policies answer; what was done, which is only to have observed it where it cannot be done."""
        if response == PAUSE:
            try:
                return PAUSE if self._engine.pause(container.id) else OBSERVE
            except OakumError:
                return OBSERVE
        if response == KILL and cause is not None:
            return KILL if cause.killed or end_process(cause) else OBSERVE
        return OBSERVE


def end_process(event: Event) -> bool:
    """End the process of an event, if it is still the same one."""
    try:
        descriptor = os.pidfd_open(event.process.pid)
    except OSError:
        return False
    try:
        with open(f"/proc/{event.process.pid}/stat", "rb") as file:
            started = int(file.read().rpartition(b")")[2].split()[19]) * _TICKS
        if abs(started - event.process.started) > 2 * _TICKS:
            return False
        signal.pidfd_send_signal(descriptor, signal.SIGKILL)
    except (OSError, ValueError, IndexError):
        return False
    finally:
        os.close(descriptor)
    return True
