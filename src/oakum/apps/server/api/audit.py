"""Resource ``audit``."""

from collections.abc import Sequence
from typing import Annotated

from litestar import get
from litestar.handlers import HTTPRouteHandler
from litestar.params import QueryParameter

from oakum.apps.server.auth.doors import READERS, ROLES
from oakum.apps.server.backing import Backing
from oakum.apps.server.resource import Limit, resource
from oakum.model.api import AuditPage

Number = Annotated[int, QueryParameter(ge=0, lt=1 << 53, description="Entries after this one.")]
Before = Annotated[
    int, QueryParameter(ge=0, lt=1 << 53, description="Entries before this one, the newest first; 0: none.")
]


@resource(version=1)
def audit(backing: Backing) -> Sequence[HTTPRouteHandler]:
    """The audit trail: everything that changed state, and every refusal."""
    ledger = backing.ledger

    @get("/audit", opt={ROLES: READERS}, sync_to_thread=True, summary="Entries in order")
    def listed(after: Number = 0, limit: Limit = 100) -> AuditPage:
        items = ledger.trail(after=after, limit=limit)
        return AuditPage(tuple(items), items[-1].number if len(items) == limit else 0, ledger.trouble)

    @get("/audit/newest", opt={ROLES: READERS}, sync_to_thread=True, summary="Entries, the newest first")
    def newest(before: Before = 0, limit: Limit = 100) -> AuditPage:
        head = ledger.head()
        end = before or (head.number + 1 if head else 1)
        items = [one for one in ledger.trail(after=max(0, end - 1 - limit), limit=limit) if one.number < end]
        items.reverse()
        return AuditPage(tuple(items), items[-1].number if items and items[-1].number > 1 else 0, ledger.trouble)

    return listed, newest
