"""Resource ``tokens``."""

from collections.abc import Sequence
from typing import Any

from litestar import Request, delete, get, post
from litestar.exceptions import NotFoundException
from litestar.handlers import HTTPRouteHandler
from litestar.params import JSONBody

from oakum.apps.server.auth import accounts
from oakum.apps.server.auth.doors import ADMINS, ROLES, session
from oakum.apps.server.backing import Backing
from oakum.apps.server.resource import Id, resource
from oakum.model.api import TokenAsked, TokenShown

Asked = Request[Any, Any, Any]


@resource(version=1)
def tokens(backing: Backing) -> Sequence[HTTPRouteHandler]:
    """Tokens: who may ask, as what, and until when."""
    ledger = backing.ledger

    @get("/tokens", opt={ROLES: ADMINS}, sync_to_thread=True, summary="Every token, without secrets")
    def listed() -> list[TokenShown]:
        return accounts.shown_tokens(ledger)

    @post("/tokens", opt={ROLES: ADMINS}, sync_to_thread=True, summary="Make a token; its secret is shown once")
    def made(data: JSONBody[TokenAsked], request: Asked) -> TokenShown:
        return accounts.new_token(ledger, data, backing.clock, session(request).actor)

    @delete("/tokens/{name:str}", opt={ROLES: ADMINS}, sync_to_thread=True, summary="Revoke a token")
    def revoked(name: Id, request: Asked) -> None:
        if not accounts.revoke_token(ledger, name, backing.clock, session(request).actor):
            raise NotFoundException(f"there is no token {name!r}")

    return listed, made, revoked
