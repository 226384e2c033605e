"""Resource ``session``."""

from collections.abc import Sequence
from typing import Any

from litestar import Request, Response, delete, get, post
from litestar.exceptions import NotAuthorizedException
from litestar.handlers import HTTPRouteHandler
from litestar.params import JSONBody

from oakum.apps.server.auth import accounts
from oakum.apps.server.auth.cookies import check_page, cookie, signed_in, too_soon
from oakum.apps.server.auth.doors import COOKIE, EVERYBODY, ROLES
from oakum.apps.server.auth.doors import session as bearer
from oakum.apps.server.auth.refusals import Patience
from oakum.apps.server.auth.secrets import LONGEST_PASSWORD
from oakum.apps.server.backing import Backing
from oakum.apps.server.resource import resource
from oakum.model.api import Session, SignIn

Asked = Request[Any, Any, Any]


@resource(version=1)
def session(backing: Backing) -> Sequence[HTTPRouteHandler]:
    """Sign-in and sign-out."""
    ledger, patience = backing.ledger, Patience()

    @post("/session", sync_to_thread=True, summary="Sign in", status_code=200)
    def sign_in(data: JSONBody[SignIn], request: Asked) -> Response[Session] | Response[bytes]:
        check_page(request)
        if wait := patience.left():
            return too_soon(wait)
        right = len(data.password) <= LONGEST_PASSWORD and accounts.is_admin(ledger, data.password)
        patience.was(right=right)
        if not right:
            source = request.client.host if request.client else ""
            ledger.audit("unknown", "access.refused", "/session", {"reason": "wrong password", "from": source})
            raise NotAuthorizedException("the password is wrong")
        return signed_in(backing, 200)

    @get("/session", opt={ROLES: EVERYBODY}, sync_to_thread=False, summary="Who asks")
    def shown(request: Asked) -> Session:
        return bearer(request)

    @delete("/session", opt={ROLES: EVERYBODY}, sync_to_thread=True, summary="Sign out")
    def sign_out(request: Asked) -> Response[None]:
        accounts.end_session(ledger, request.cookies.get(COOKIE, ""))
        return Response(None, status_code=204, cookies=[cookie(backing, "", 0)])

    return sign_in, shown, sign_out
