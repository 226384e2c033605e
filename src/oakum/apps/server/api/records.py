"""Resource ``records``."""

from collections.abc import Sequence

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.handlers import HTTPRouteHandler

from oakum import __version__
from oakum.apps.server.auth.doors import GATE_READERS, ROLES
from oakum.apps.server.backing import Backing
from oakum.apps.server.resource import Id, resource
from oakum.flows.decide_gate import unpacked
from oakum.flows.keep_rules import kept_rules, kept_waivers
from oakum.flows.replay_decision import pack_record
from oakum.kit.limits import INVENTORY_BYTES
from oakum.model.record import DecisionRecord


@resource(version=1)
def records(backing: Backing) -> Sequence[HTTPRouteHandler]:
    """Records of decisions, to explain and to replay them."""
    ledger = backing.ledger

    @get("/decisions/{judgement_id:str}/record", opt={ROLES: GATE_READERS}, sync_to_thread=True, summary="One record")
    def one(judgement_id: Id) -> Response[bytes]:
        """The file that ``oakum decision`` explains and replays: everything that the decision rests on."""
        found = ledger.judgement(judgement_id)
        policies = kept_rules(ledger, found[0].policies) if found else None
        if found is None or policies is None:
            raise NotFoundException("no such decision is known, or its policies were not kept")
        waivers = kept_waivers(ledger, found[0].waivers)
        whole = DecisionRecord(found[0], unpacked(found[1], INVENTORY_BYTES), policies, waivers, __version__)
        return Response(pack_record(whole), media_type="application/octet-stream")

    return (one,)
