"""The console: built files that never change under their names, and one page for every address."""

import mimetypes
import os
import secrets
from collections.abc import Sequence
from typing import Final

from litestar import MediaType, Response, get
from litestar.exceptions import NotFoundException
from litestar.handlers import HTTPRouteHandler

from oakum.apps.server.resource import Id

FOLDER: Final = os.path.join(os.path.dirname(os.path.abspath(__file__)), "static")
_PAGE: Final = "index.html"
_NONCE: Final = "{{nonce}}"
_POLICY: Final = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; "
    "connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
_MISSING: Final = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Oakum</title>
<h1>The console is not built</h1>
<p>This checkout has no built console. With Node.js 20 or newer, <code>make console</code> builds it; then reload.
A wheel has it built in. The API is there without it: <a href="/api/v1/openapi.json">its description</a>.</p></html>
"""


def web() -> Sequence[HTTPRouteHandler]:
    """The handlers of everything that is not the API."""

    @get("/assets/{name:path}", include_in_schema=False, sync_to_thread=True)
    def asset(name: Id) -> Response[bytes]:
        path = os.path.normpath(os.path.join(FOLDER, "assets", name.lstrip("/")))
        if not path.startswith(os.path.join(FOLDER, "assets") + os.sep) or not os.path.isfile(path):
            raise NotFoundException("there is no such file")
        with open(path, "rb") as file:
            data = file.read()
        kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
        headers = {**_HEADERS, "Cache-Control": "public, max-age=31536000, immutable"}
        return Response(data, media_type=kind, headers=headers)

    @get("/", include_in_schema=False, sync_to_thread=True)
    def front() -> Response[bytes]:
        return _answer()

    @get("/{path:path}", include_in_schema=False, sync_to_thread=True)
    def page(path: Id) -> Response[bytes]:
        if path.lstrip("/").startswith("api/"):
            raise NotFoundException("the API has no such path")
        return _answer()

    return asset, front, page


def _answer() -> Response[bytes]:
    """The page with a nonce of its own."""
    nonce = secrets.token_urlsafe(18)
    headers = {**_HEADERS, "Cache-Control": "no-store", "Content-Security-Policy": _POLICY.format(nonce=nonce)}
    return Response(_page(nonce).encode(), media_type=MediaType.HTML, headers=headers)


def _page(nonce: str) -> str:
    try:
        with open(os.path.join(FOLDER, _PAGE), encoding="utf-8") as file:
            return file.read().replace(_NONCE, nonce)
    except OSError:
        return _MISSING
