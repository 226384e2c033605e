"""Resource ``waivers``."""

from collections.abc import Sequence
from typing import Any

from litestar import Request, get, post
from litestar.exceptions import NotFoundException
from litestar.handlers import HTTPRouteHandler
from litestar.params import JSONBody

from oakum.apps.server.auth.doors import ADMINS, GATE_READERS, ROLES, session
from oakum.apps.server.backing import Backing, policy_text
from oakum.apps.server.resource import Id, Standing, resource
from oakum.flows.waiver_ledger import ask_waiver, decide_waiver, waiver_records
from oakum.model.api import WaiverAsked, WaiverDecision
from oakum.model.waiver import WaiverRecord

Asked = Request[Any, Any, Any]


@resource(version=1)
def waivers(backing: Backing) -> Sequence[HTTPRouteHandler]:
    """Waivers: what somebody asks to accept, and who else approved it."""
    ledger, clock = backing.ledger, backing.clock

    @get("/waivers", opt={ROLES: GATE_READERS}, sync_to_thread=True, summary="The newest first")
    def listed(standing: Standing = "") -> list[WaiverRecord]:
        return waiver_records(ledger, standing)

    @post("/waivers", opt={ROLES: GATE_READERS}, sync_to_thread=True, summary="Ask for one")
    def asked(data: JSONBody[WaiverAsked], request: Asked) -> WaiverRecord:
        return ask_waiver(data, session(request).actor, ledger, clock, policy_text(ledger))

    @post("/waivers/{waiver_id:str}/decision", opt={ROLES: ADMINS}, sync_to_thread=True, summary="Decide on one")
    def decided(waiver_id: Id, data: JSONBody[WaiverDecision], request: Asked) -> WaiverRecord:
        record = decide_waiver(waiver_id, data.state, (session(request).actor, data.note), ledger, clock)
        if record is None:
            raise NotFoundException(f"there is no waiver {waiver_id!r}")
        return record

    return listed, asked, decided
