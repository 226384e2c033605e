"""The kind of plug-in that the worker runs again and again."""

from collections.abc import Awaitable, Callable
from typing import Any

from msgspec import Struct

from oakum.apps.server.settings import Settings
from oakum.kit.plugin import Kind
from oakum.ports.clock import Clock
from oakum.ports.event_store import EventStore
from oakum.ports.fleet import Fleet
from oakum.ports.ledger import Ledger
from oakum.ports.telling import Telling


class Work(Struct):
    """What jobs work with.

    Attributes:
        ledger: decisions, audit, outbox, settings.
        fleet: images, containers, incidents.
        events: what happened in containers.
        clock: tells the time.
        telling: posts to receivers.
        settings: how the server runs.
        memory: what a job keeps from one run to the next, by its id; lost with the process.
    """

    ledger: Ledger
    fleet: Fleet
    events: EventStore
    clock: Clock
    telling: Telling
    settings: Settings
    memory: dict[str, Any] = {}


Run = Callable[[Work], Awaitable[None]]


class Job(Struct, frozen=True):
    """A decorated job.

    Attributes:
        id: the file's name.
        title: first line of the docstring.
        version: counts changes that people notice.
        every: seconds from the end of one run to the next.
        run: the function; what it raises is shown to people until a run ends well.
    """

    id: str
    title: str
    version: int
    every: float
    run: Run


def job(*, every: float, version: int) -> Callable[[Run], Job]:
    """Declare a job."""

    def declare(run: Run) -> Job:
        title = (run.__doc__ or "").strip().split("\n", 1)[0]
        return Job(run.__name__, title, version, every, run)

    return declare


def _describe(plugin: Job) -> dict[str, Any]:
    return {"title": plugin.title, "version": plugin.version, "every": plugin.every}


JOBS: Kind[Job] = Kind("job", "oakum.apps.server.jobs", _describe)
"""All jobs."""
