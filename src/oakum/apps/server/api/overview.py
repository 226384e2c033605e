"""Resource ``overview``."""

from collections.abc import Sequence

from litestar import get
from litestar.handlers import HTTPRouteHandler

from oakum.apps.server.auth.doors import READERS, ROLES
from oakum.apps.server.backing import Backing, data_state
from oakum.apps.server.resource import resource
from oakum.flows.look_over import look_over
from oakum.model.api import Overview


@resource(version=1)
def overview(backing: Backing) -> Sequence[HTTPRouteHandler]:
    """What needs somebody now, and how much there is."""

    @get("/overview", opt={ROLES: READERS}, sync_to_thread=True, summary="What needs somebody now")
    def shown() -> Overview:
        data = data_state(backing.settings.database)
        return look_over(backing.fleet, backing.ledger, data, backing.clock.now())

    return (shown,)
