"""Resource ``incidents``."""

from collections.abc import Sequence
from typing import Any

from litestar import Request, get, post
from litestar.exceptions import ClientException, NotFoundException
from litestar.handlers import HTTPRouteHandler
from litestar.params import JSONBody
from msgspec import Struct
from msgspec.structs import replace

from oakum.apps.server.auth.doors import ADMINS, READERS, ROLES, session
from oakum.apps.server.backing import Backing
from oakum.apps.server.resource import After, Id, Limit, Page, Standing, Text, resource
from oakum.model.fleet import Incident

Asked = Request[Any, Any, Any]

_REASON_CHARACTERS = 2_000


class Closing(Struct, frozen=True, forbid_unknown_fields=True):
    """Why an incident is closed."""

    reason: str


@resource(version=1)
def incidents(backing: Backing) -> Sequence[HTTPRouteHandler]:
    """Incidents: what needs somebody, and what caused it."""
    fleet = backing.fleet

    @get("/incidents", opt={ROLES: READERS}, sync_to_thread=True, summary="The newest first")
    def listed(standing: Standing = "", container: Text = "", after: After = "", limit: Limit = 100) -> Page[Incident]:
        return Page(*fleet.incidents(state=standing, container=container, after=after, limit=limit))

    @get("/incidents/{incident_id:str}", opt={ROLES: READERS}, sync_to_thread=True, summary="One incident")
    def one(incident_id: Id) -> Incident:
        return _found(incident_id)

    @post("/incidents/{incident_id:str}/close", opt={ROLES: ADMINS}, sync_to_thread=True, status_code=200)
    def closed(incident_id: Id, data: JSONBody[Closing], request: Asked) -> Incident:
        if not data.reason.strip() or len(data.reason) > _REASON_CHARACTERS:
            raise ClientException(f"closing needs a reason of up to {_REASON_CHARACTERS} characters")
        found = replace(_found(incident_id), state="closed")
        backing.ledger.audit(session(request).actor, "incident.closed", found.id, {"reason": data.reason})
        fleet.keep_incident(found)
        return found

    def _found(id_: str) -> Incident:
        found = fleet.incident(id_)
        if found is None:
            raise NotFoundException("no incident is known by this")
        return found

    return listed, one, closed
