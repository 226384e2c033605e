"""The description of the API, completed by what every handler has in common: how errors look, and who may ask."""

from collections.abc import Iterable
from typing import Final

from litestar import Litestar
from litestar.handlers import HTTPRouteHandler
from litestar.openapi.spec import (
    OpenAPIMediaType,
    OpenAPIResponse,
    OpenAPIType,
    Operation,
    PathItem,
    Reference,
    Schema,
)

from oakum.apps.server.auth.doors import ROLES
from oakum.apps.server.problems import MEDIA
from oakum.model.api import Problem

_METHODS: Final = ("get", "put", "post", "delete")
_NAME: Final = "Problem"


def describe_errors(app: Litestar, prefix: str, handlers: Iterable[HTTPRouteHandler]) -> None:
    """Say that whatever is refused is a problem (RFC 9457), and which doors stand open."""
    schema = app.openapi_schema
    fields = {name: Schema(type=_type_of(name)) for name in Problem.__struct_fields__}
    if schema.components.schemas is not None:
        schema.components.schemas[_NAME] = Schema(type=OpenAPIType.OBJECT, title=_NAME, properties={**fields})
    public = {prefix + path for one in handlers if ROLES not in one.opt for path in one.paths}
    for path, item in (schema.paths or {}).items():
        for operation in _operations(item):
            if operation.responses is not None and path.startswith(prefix):
                operation.responses.pop("400", None)
                operation.responses["default"] = _problem()
                operation.security = [] if path in public else operation.security


def _operations(item: PathItem) -> Iterable[Operation]:
    return [found for name in _METHODS if isinstance(found := getattr(item, name), Operation)]


def _problem() -> OpenAPIResponse:
    shape = OpenAPIMediaType(schema=Reference(ref=f"#/components/schemas/{_NAME}"))
    return OpenAPIResponse(description="Refused, and why", content={MEDIA: shape})


def _type_of(name: str) -> OpenAPIType:
    return OpenAPIType.INTEGER if name == "status" else OpenAPIType.STRING
