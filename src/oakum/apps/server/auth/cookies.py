"""The cookie of a session, and answers that set it."""

from typing import Any

from litestar import Request, Response
from litestar.datastructures import Cookie
from litestar.exceptions import PermissionDeniedException

from oakum.apps.server.auth.accounts import new_session
from oakum.apps.server.auth.doors import COOKIE, is_own_page
from oakum.apps.server.backing import Backing
from oakum.apps.server.problems import problem
from oakum.model.api import Session

_SECONDS = 12 * 3600


def signed_in(backing: Backing, status: int) -> Response[Session]:
    """Begin a session, and have the browser keep it."""
    begun, secret = new_session(backing.ledger, backing.clock)
    return Response(begun, status_code=status, cookies=[cookie(backing, secret, _SECONDS)])


def cookie(backing: Backing, secret: str, seconds: int) -> Cookie:
    """The cookie: for our own pages alone, and not for their scripts."""
    secure = backing.settings.secure
    return Cookie(COOKIE, value=secret, path="/", max_age=seconds, httponly=True, samesite="strict", secure=secure)


def check_page(request: Request[Any, Any, Any]) -> None:
    """A page of another site must not sign anybody in; programs, which send neither header, may.

    Raises:
        PermissionDeniedException: such a page asks.
    """
    asks = request.headers.get("origin") or request.headers.get("sec-fetch-site")
    if asks and not is_own_page(request):
        raise PermissionDeniedException("a page of another site asked")


def too_soon(wait: float) -> Response[bytes]:
    """The answer to whoever is to wait."""
    return problem(429, f"wrong too often: wait {wait:.0f} seconds", {"Retry-After": f"{wait:.0f}"})
