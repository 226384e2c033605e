"""The door of every resource: who asks, whether they may, and that no other site's page asks for them."""

from typing import Any, Final
from urllib.parse import urlsplit

from anyio import to_thread
from litestar.connection import ASGIConnection
from litestar.exceptions import NotAuthorizedException, PermissionDeniedException
from litestar.handlers import BaseRouteHandler
from litestar.types import Guard

from oakum.apps.server.auth.accounts import session_of
from oakum.apps.server.auth.refusals import Refusals
from oakum.apps.server.backing import Backing
from oakum.model.api import Session

COOKIE: Final = "oakum_session"
ROLES: Final = "roles"
"""The option of a handler that says which roles may ask it; without it, everybody may."""

READERS: Final = frozenset({"admin", "reader"})
ADMINS: Final = frozenset({"admin"})
AGENTS: Final = frozenset({"admin", "agent"})
GATES: Final = frozenset({"admin", "gate"})
GATE_READERS: Final = READERS | GATES
EVERYBODY: Final = GATE_READERS | AGENTS

_BEARER: Final = "bearer "
_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_SAME: Final = frozenset({"same-origin", "none"})

Connection = ASGIConnection[Any, Any, Any, Any]


def door(backing: Backing) -> Guard:
    """The guard of every resource: notes who asks in the connection's state, or refuses.

    It is a function, since Litestar copies what it is given, and copies functions as what they are.
    """
    refusals = Refusals()

    async def refused(connection: Connection, reason: str) -> None:
        source = connection.client.host if connection.client else ""
        if many := refusals.is_due(source, reason):
            detail = {"reason": reason, "from": source, "times": many}
            path = connection.url.path
            await to_thread.run_sync(backing.ledger.audit, "unknown", "access.refused", path, detail)

    async def guard(connection: Connection, handler: BaseRouteHandler) -> None:
        roles = handler.opt.get(ROLES)
        if roles is None:
            return
        secret, by_cookie = _secret(connection)
        if not secret:
            raise NotAuthorizedException("sign in, or send a token: Authorization: Bearer oakum_...")
        said = await to_thread.run_sync(session_of, backing.ledger, secret, backing.clock.now())
        if isinstance(said, str):
            await refused(connection, said)
            raise NotAuthorizedException(said)
        if wrong := _wrong(connection, said, roles, by_cookie=by_cookie):
            await refused(connection, wrong)
            raise PermissionDeniedException(wrong)
        connection.state.session = said

    return guard


def is_own_page(connection: Connection) -> bool:
    """Whether a change is asked for by our own page: browsers say which site a request comes from."""
    if connection.scope["method"] in _SAFE:  # type: ignore[typeddict-item] # only of HTTP, which is all that is served
        return True
    site = connection.headers.get("sec-fetch-site", "")
    if site:
        return site in _SAME
    origin = connection.headers.get("origin", "")
    return bool(origin) and urlsplit(origin).netloc == connection.headers.get("host", "")


def session(connection: Connection) -> Session:
    """Who asks."""
    found: Session = connection.state.session
    return found


def _wrong(connection: Connection, asks: Session, roles: frozenset[str], *, by_cookie: bool) -> str:
    """Why somebody who is known may not, or nothing."""
    if by_cookie and not is_own_page(connection):
        return "a page of another site asked"
    return "" if asks.role in roles else f"{asks.actor} has the role {asks.role}, which may not do this"


def _secret(connection: Connection) -> tuple[str, bool]:
    """The secret that was sent, and whether a browser sent it by itself."""
    header = connection.headers.get("authorization", "")
    if header[: len(_BEARER)].lower() == _BEARER:
        return header[len(_BEARER) :].strip(), False
    return connection.cookies.get(COOKIE, ""), True
