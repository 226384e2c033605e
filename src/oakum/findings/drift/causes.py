"""The event that caused a difference, in words, and the incident that it is."""

import hashlib
from collections.abc import Sequence
from typing import Final

from oakum.model.event import EXEC, SCRIPT, Event, Process
from oakum.model.fleet import Container, Incident
from oakum.model.subject import Change

_CHANGES: Final = 200
_NAMED: Final = 3


def drift_incident(
    container: Container, changes: Sequence[Change], cause: Event | None, at: str, writer: Event | None = None
) -> Incident:
    """The incident that a container differs from its image.

    Its id is that of the process that caused it: what one process brings is one incident, however many files it is.
    ``writer`` wrote the file that was started, where that was seen.
    """
    return Incident(
        id=incident_id(container.id, cause.process if cause else None),
        kind="drift",
        title=_title(container, changes),
        at=at,
        host=container.host,
        container=container.id,
        image_id=container.image_id,
        changes=tuple(changes[:_CHANGES]),
        cause="; ".join(cause_words(one) for one in (cause, writer) if one),
        command=cause.arguments if cause else (),
        person=person_of(cause) if cause else "",
    )


def incident_id(container: str, process: Process | None) -> str:
    """The same cause gives the same id: a process by pid and start, in its container."""
    what = f"{process.pid} {process.started}" if process else "unknown"
    return "drift-" + hashlib.sha256(f"{container} {what}".encode()).hexdigest()[:32]


def cause_words(event: Event) -> str:
    """Who started or wrote what, and whose child it was: ``started /tmp/tool: pid 12, child of sh (10) < runc (9)``."""
    verb = "started" if event.kind in {EXEC, SCRIPT} else "wrote"
    chain = " < ".join(f"{one.name} ({one.pid})" for one in event.ancestors)
    by = "" if verb == "started" else f" by {event.process.exe or event.process.name}"
    killed = ", which the sensor ended" if event.killed else ""
    return f"{verb} {event.path}{by}: pid {event.process.pid}{killed}" + (f", child of {chain}" if chain else "")


def person_of(event: Event) -> str:
    """Who it was, where a login says it; empty: nobody logged in, or it is not known."""
    return f"login:{event.login}" if event.login >= 0 else ""


def _title(container: Container, changes: Sequence[Change]) -> str:
    named = [one.package or one.path for one in changes[:_NAMED]]
    more = len(changes) - len(named)
    said = ", ".join(named) + (f" and {more} more" if more > 0 else "")
    return f"{container.name or container.id[:12]} differs from its image: {said}"
