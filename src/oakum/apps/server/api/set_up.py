"""Resource ``set_up``."""

from collections.abc import Sequence
from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import ClientException, NotAuthorizedException
from litestar.handlers import HTTPRouteHandler
from litestar.params import JSONBody

from oakum import __version__
from oakum.apps.server.auth import accounts
from oakum.apps.server.auth.cookies import check_page, signed_in, too_soon
from oakum.apps.server.auth.refusals import Patience
from oakum.apps.server.auth.secrets import LONGEST_PASSWORD, SHORTEST_PASSWORD
from oakum.apps.server.backing import Backing
from oakum.apps.server.problems import problem
from oakum.apps.server.resource import resource
from oakum.model.api import About, Session, SetUp


@resource(version=1)
def set_up(backing: Backing) -> Sequence[HTTPRouteHandler]:
    """What the server is, and how its admin account is made."""
    ledger, patience = backing.ledger, Patience()

    @get("/about", sync_to_thread=True, summary="Version, and whether the server waits to be set up")
    def about() -> About:
        return About(__version__, accounts.needs_set_up(ledger))

    @post("/setup", sync_to_thread=True, summary="Make the admin account, once")
    def made(data: JSONBody[SetUp], request: Request[Any, Any, Any]) -> Response[Session] | Response[bytes]:
        check_page(request)
        if not SHORTEST_PASSWORD <= len(data.password) <= LONGEST_PASSWORD:
            raise ClientException(f"a password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters")
        if not accounts.needs_set_up(ledger):
            return problem(409, "the server is set up already: sign in")
        if wait := patience.left():
            return too_soon(wait)
        right = accounts.make_admin(ledger, data.token, data.password)
        patience.was(right=right)
        if not right:
            raise NotAuthorizedException("this is not the set-up token that the server printed last")
        return signed_in(backing, 201)

    return about, made
