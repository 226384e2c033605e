"""Resource ``affected``."""

from collections.abc import Sequence

from litestar import get
from litestar.handlers import HTTPRouteHandler

from oakum.apps.server.auth.doors import READERS, ROLES
from oakum.apps.server.backing import Backing
from oakum.apps.server.resource import Text, resource
from oakum.flows.find_affected import Asked, find_affected
from oakum.model.api import AffectedAnswer


@resource(version=1)
def affected(backing: Backing) -> Sequence[HTTPRouteHandler]:
    """What a package or a vulnerability reaches."""

    @get("/affected", opt={ROLES: READERS}, sync_to_thread=True, summary="Images, containers, hosts, and what to mend")
    def found(package: Text = "", below: Text = "", cve: Text = "") -> AffectedAnswer:
        reach = find_affected(backing.fleet, Asked(package, below, cve))
        return AffectedAnswer(reach.affected, reach.unknown)

    return (found,)
