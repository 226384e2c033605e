"""The API and the console as one application of Litestar's."""

import gc
from typing import Any, Final

import msgspec
from litestar import Litestar, Request, Response, Router, get
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme

from oakum import __version__
from oakum.apps.server import problems
from oakum.apps.server.auth.doors import door
from oakum.apps.server.backing import Backing, open_backing
from oakum.apps.server.described import describe_errors
from oakum.apps.server.resource import RESOURCES
from oakum.apps.server.settings import given
from oakum.apps.server.web import web
from oakum.kit.parent import end_with_spawner

PREFIX: Final = "/api/v1"
_BODY_BYTES: Final = 8 << 20
_SCHEMES: Final = {
    "token": SecurityScheme(type="http", scheme="bearer", description="A token: oakum token create."),
    "session": SecurityScheme(type="apiKey", name="oakum_session", security_scheme_in="cookie"),
}


def make() -> Litestar:
    """The application that the environment asks for; everything is loaded before the first question."""
    end_with_spawner()
    made = application(open_backing(given()))
    gc.collect()
    gc.freeze()  # a full collection in the middle of an answer would take longer than the answer
    return made


def application(backing: Backing) -> Litestar:
    """The application over what it answers from."""
    handlers = [handler for id_ in RESOURCES.ids() for handler in RESOURCES.load(id_).make(backing)]
    api = Router(PREFIX, route_handlers=[*handlers, _description], guards=[door(backing)], after_request=_private)
    made = Litestar(
        route_handlers=[api, *web()],
        exception_handlers=problems.handlers(),
        openapi_config=_openapi(),
        request_max_body_size=_BODY_BYTES,
        on_shutdown=[backing.close],
        debug=False,
        logging_config=None,
    )
    describe_errors(made, PREFIX, handlers)
    return made


@get("/openapi.json", include_in_schema=False, sync_to_thread=False)
def _description(request: Request[Any, Any, Any]) -> Response[bytes]:
    """The description of the API, for whoever asks."""
    schema = request.app.openapi_schema.to_schema()
    return Response(msgspec.json.encode(schema, enc_hook=str), media_type="application/vnd.oai.openapi+json")


def _openapi() -> OpenAPIConfig:
    return OpenAPIConfig(
        title="Oakum",
        version=__version__,
        description="Container security for the whole life of a container.",
        path=f"{PREFIX}/openapi",  # where Litestar would answer every other path below as a page
        render_plugins=[JsonRenderPlugin(path="/openapi.json")],
        components=Components(security_schemes={**_SCHEMES}),
        security=[{"token": []}, {"session": []}],
        use_handler_docstrings=True,
    )


async def _private(response: Response[Any]) -> Response[Any]:
    """What the API says is kept by nobody on the way, and taken for nothing else."""
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
