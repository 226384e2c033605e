"""Resource ``receivers``."""

from collections.abc import Sequence
from typing import Any, Final

import msgspec
from litestar import Request, get, put
from litestar.exceptions import ClientException
from litestar.handlers import HTTPRouteHandler
from litestar.params import JSONBody
from msgspec.structs import replace

from oakum.apps.server.auth.doors import ADMINS, READERS, ROLES, session
from oakum.apps.server.backing import Backing
from oakum.apps.server.resource import Limit, Standing, resource
from oakum.effects.notifier import NOTIFIERS
from oakum.flows.open_incident import RECEIVERS, every_receiver
from oakum.flows.tell import check_receiver
from oakum.model.api import Receiver
from oakum.model.ledger import Delivery

Asked = Request[Any, Any, Any]
_MOST: Final = 100


@resource(version=1)
def receivers(backing: Backing) -> Sequence[HTTPRouteHandler]:
    """Who is told, and what became of it."""
    ledger = backing.ledger

    @get("/receivers", opt={ROLES: READERS}, sync_to_thread=True, summary="Every receiver, without secrets")
    def listed() -> list[Receiver]:
        return [_shown(one) for one in every_receiver(ledger)]

    @put("/receivers", opt={ROLES: ADMINS}, sync_to_thread=True, summary="Tell these, and no others")
    def changed(data: JSONBody[list[Receiver]], request: Asked) -> list[Receiver]:
        """An empty secret keeps the one that a receiver of this name and URL had."""
        if len(data) > _MOST or len({one.name for one in data}) != len(data):
            raise ClientException(f"up to {_MOST} receivers, each name once")
        for one in data:
            NOTIFIERS.load(one.notifier)
            check_receiver(one)
        with ledger.together():
            had = {(one.name, one.url): one.secret for one in every_receiver(ledger)}
            kept = [replace(one, secret=one.secret or had.get((one.name, one.url), "")) for one in data]
            ledger.set_setting(RECEIVERS, msgspec.json.encode(kept).decode())
            ledger.audit(session(request).actor, "receivers.set", "", {"names": [one.name for one in data]})
        return [_shown(one) for one in kept]

    @get("/deliveries", opt={ROLES: READERS}, sync_to_thread=True, summary="What was told, the newest first")
    def deliveries(standing: Standing = "", limit: Limit = 100) -> list[Delivery]:
        return ledger.deliveries(state=standing, limit=limit)

    return listed, changed, deliveries


def _shown(receiver: Receiver) -> Receiver:
    return replace(receiver, secret="")
