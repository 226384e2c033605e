"""Resource ``agent``."""

from collections.abc import Sequence
from typing import Any, Final

from anyio import to_thread
from litestar import Request, get, post
from litestar.exceptions import ClientException
from litestar.handlers import HTTPRouteHandler
from litestar.params import JSONBody
from msgspec.structs import replace

from oakum.apps.server.api.policies import rules
from oakum.apps.server.auth.doors import AGENTS, ROLES, session
from oakum.apps.server.backing import Backing, policy_text
from oakum.apps.server.bodies import unpack
from oakum.apps.server.resource import Id, resource
from oakum.flows.take_report import take_report
from oakum.model.api import Acknowledged, EventBatch, IncidentReport, Rules
from oakum.model.fleet import Container, Host

Asked = Request[Any, Any, Any]
_BATCH_BYTES: Final = 16 << 20
_CONTAINERS: Final = 10_000


@resource(version=1)
def agent(backing: Backing) -> Sequence[HTTPRouteHandler]:
    """What agents say of their hosts."""
    fleet, ledger = backing.fleet, backing.ledger

    @post("/agent/host", opt={ROLES: AGENTS}, sync_to_thread=True, status_code=204)
    def host(data: JSONBody[Host], request: Asked) -> None:
        """Keep what a host is, and that its agent was heard of now."""
        known = any(one.id == data.id for one in fleet.hosts())
        if not known:
            detail = {"name": data.name, "kernel": data.kernel}
            ledger.audit(session(request).actor, "host.joined", data.id, detail)
        fleet.keep_host(replace(data, seen=backing.now()))

    @post("/agent/containers", opt={ROLES: AGENTS}, sync_to_thread=True, status_code=200)
    def containers(data: JSONBody[list[Container]]) -> Acknowledged:
        """Keep containers, or their changes."""
        if len(data) > _CONTAINERS:
            raise ClientException(f"up to {_CONTAINERS} containers at once")
        new = [one for one in data if fleet.container(one.id) is None]
        fleet.keep_containers(data)
        return Acknowledged(len(new))

    @post("/agent/events/{host_id:str}", opt={ROLES: AGENTS}, status_code=200, request_max_body_size=_BATCH_BYTES)
    async def events(host_id: Id, request: Asked) -> Acknowledged:
        """Keep a batch of events: msgpack of an ``EventBatch``, packed with zstandard."""
        batch = unpack(await request.body(), EventBatch)
        new = await to_thread.run_sync(backing.events.append, host_id, batch.run, batch.events)
        return Acknowledged(new)

    @post("/agent/incidents", opt={ROLES: AGENTS}, sync_to_thread=True, status_code=200)
    def incidents(data: JSONBody[IncidentReport], request: Asked) -> Acknowledged:
        """Keep an incident, with the decision that it led to."""
        new = take_report(data, ledger, fleet, session(request).actor)
        return Acknowledged(int(new))

    @get("/agent/rules", opt={ROLES: AGENTS}, sync_to_thread=True, summary="The policies, to be judged by on the host")
    def told() -> Rules:
        return rules(policy_text(ledger))

    return host, containers, events, incidents, told
