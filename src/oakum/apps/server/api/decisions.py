"""Resource ``decisions``."""

from collections.abc import Sequence
from typing import Any, Final

import msgspec
from anyio import to_thread
from litestar import Request, get, post
from litestar.exceptions import NotFoundException
from litestar.handlers import HTTPRouteHandler

from oakum.apps.server.auth.doors import GATE_READERS, GATES, ROLES, session
from oakum.apps.server.backing import Backing, policy_text, trust_at
from oakum.apps.server.bodies import unpack
from oakum.apps.server.resource import After, Id, Limit, Page, Text, resource
from oakum.flows.decide_gate import unpacked
from oakum.flows.keep_decision import keep_decision
from oakum.flows.keep_rules import keep_waivers
from oakum.flows.waiver_ledger import standing_waivers
from oakum.kit.limits import INVENTORY_BYTES
from oakum.model.api import GateQuestion
from oakum.model.judgement import Judgement

Asked = Request[Any, Any, Any]
QUESTION_BYTES: Final = 64 << 20


@resource(version=1)
def decisions(backing: Backing) -> Sequence[HTTPRouteHandler]:
    """Decisions: what was judged, on what, and what would make it pass."""
    ledger = backing.ledger

    @get("/decisions", opt={ROLES: GATE_READERS}, sync_to_thread=True, summary="The newest first")
    def listed(outcome: Text = "", image_id: Text = "", after: After = "", limit: Limit = 100) -> Page[Judgement]:
        return Page(*ledger.judgements(outcome=outcome, image_id=image_id, after=after, limit=limit))

    @get("/decisions/{judgement_id:str}", opt={ROLES: GATE_READERS}, sync_to_thread=True, summary="One decision")
    def one(judgement_id: Id) -> Judgement:
        return _found(judgement_id)[0]

    @get("/decisions/{judgement_id:str}/subject", opt={ROLES: GATE_READERS}, sync_to_thread=True, summary="Its inputs")
    def subject(judgement_id: Id) -> dict[str, Any]:
        found: dict[str, Any] = msgspec.to_builtins(unpacked(_found(judgement_id)[1], INVENTORY_BYTES))
        return found

    @post("/decisions", opt={ROLES: GATES}, request_max_body_size=QUESTION_BYTES)
    async def made(request: Asked) -> Judgement:
        """Judge an artifact by the server's advisories and policies: msgpack of a ``GateQuestion``, in zstandard."""
        body = await request.body()
        return await to_thread.run_sync(_judged, body, session(request).actor)

    def _judged(body: bytes, actor: str) -> Judgement:
        question = unpack(body, GateQuestion)
        waivers = standing_waivers(ledger, backing.clock)
        trust = trust_at(backing, question.artifact.image_id)
        judgement, packed = backing.judges.decide(question, policy_text(ledger), waivers, trust)
        keep_waivers(ledger, waivers)
        keep_decision(judgement, packed, (question, backing.now()), (ledger, backing.fleet), actor)
        return judgement

    def _found(id_: str) -> tuple[Judgement, bytes]:
        found = ledger.judgement(id_)
        if found is None:
            raise NotFoundException("no decision is known by this")
        return found

    return listed, one, subject, made
