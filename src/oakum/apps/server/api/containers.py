"""Resource ``containers``."""

import heapq
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Final

from litestar import get
from litestar.exceptions import NotFoundException
from litestar.handlers import HTTPRouteHandler

from oakum.apps.server.api.images import rows
from oakum.apps.server.auth.doors import READERS, ROLES
from oakum.apps.server.backing import Backing
from oakum.apps.server.resource import After, At, Id, Limit, Page, Text, resource
from oakum.effects.event_line import what_happened
from oakum.kit.errors import UsageError
from oakum.model.api import ContainerWhole, Moment
from oakum.model.event import EXIT, GROUP, Event
from oakum.model.fleet import Container, Host

_SECOND: Final = 1_000_000_000
_MARKS: Final = ("upper", "memory", "script", "killed", "outside")
_QUIET: Final = frozenset({GROUP, EXIT})


@resource(version=1)
def containers(backing: Backing) -> Sequence[HTTPRouteHandler]:
    """Containers: what runs, what ran, and what happened in it."""
    fleet = backing.fleet

    @get("/containers", opt={ROLES: READERS}, sync_to_thread=True, summary="What runs now, or ran at a moment")
    def listed(
        at: At = "", image_id: Text = "", host: Text = "", after: After = "", limit: Limit = 100
    ) -> Page[Container]:
        _ns(at)  # a text that is no moment is refused before any store sees it
        return Page(*fleet.containers(at=at, image_id=image_id, host=host, after=after, limit=limit))

    @get("/containers/{container_id:str}", opt={ROLES: READERS}, sync_to_thread=True, summary="One container")
    def whole(container_id: Id) -> ContainerWhole:
        found = _found(backing, container_id)
        host = next((one for one in fleet.hosts() if one.id == found.host), None)
        known = fleet.image(found.image_id) if found.image_id else None
        image = rows(backing, [known[0]])[0] if known else None
        incidents, _ = fleet.incidents(container=found.id)
        return ContainerWhole(found, host, image, tuple(incidents))

    @get("/containers/{container_id:str}/moments", opt={ROLES: READERS}, sync_to_thread=True, summary="Its time line")
    def moments(container_id: Id, since: At = "", until: At = "", limit: Limit = 100) -> Page[Moment]:
        found = _found(backing, container_id)
        events = _told(backing.events.events(container=found.id, since=_ns(since), until=_ns(until)))
        newest = heapq.nlargest(limit + 1, events, key=lambda one: (one.at, one.sequence))
        shown = [_moment(one) for one in newest[:limit]]
        return Page(shown, shown[-1].at if len(newest) > limit else "")

    @get("/hosts", opt={ROLES: READERS}, sync_to_thread=True, summary="Every host, and what its agent sees")
    def hosts() -> list[Host]:
        return fleet.hosts()

    return listed, whole, moments, hosts


def _found(backing: Backing, id_: str) -> Container:
    found = backing.fleet.container(id_)
    if found is None:
        raise NotFoundException("no container is known by this")
    return found


def _told(events: Iterator[Event]) -> Iterator[Event]:
    """What people want to see: not each end of each program."""
    return (one for one in events if one.kind not in _QUIET)


def _ns(moment: str) -> int:
    if not moment:
        return 0
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        raise UsageError(f"{moment!r} is no moment (ISO 8601)") from None
    return int((at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp() * _SECOND)


def _moment(event: Event) -> Moment:
    marks = tuple(mark for mark in _MARKS if getattr(event, mark))
    parents = tuple(one.name for one in event.ancestors)
    process = event.process
    return Moment(
        _iso(event.at), event.kind, what_happened(event), process.name, process.pid, parents, event.login, marks
    )


def _iso(at: int) -> str:
    return datetime.fromtimestamp(at / _SECOND, UTC).isoformat()
