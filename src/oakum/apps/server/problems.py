"""Errors as everybody who asks gets them: ``application/problem+json``, with an id and without our insides."""

import secrets
import sys
import traceback
from collections.abc import Mapping
from typing import Any, Final

import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException
from litestar.types import ExceptionHandlersMap

from oakum.kit.errors import (
    ConfigurationError,
    LimitError,
    NotAllowedError,
    NotPermittedError,
    OakumError,
    TryLaterError,
    UnreadableError,
    UsageError,
)
from oakum.model.api import Problem

MEDIA: Final = "application/problem+json"
Asked = Request[Any, Any, Any]

_STATUS: Final[Mapping[type[OakumError], tuple[int, str]]] = {
    LimitError: (413, "Too large"),
    UsageError: (400, "Bad request"),
    UnreadableError: (400, "Bad request"),
    TryLaterError: (503, "Try again later"),
    NotAllowedError: (403, "Not permitted"),
    NotPermittedError: (503, "The server is not permitted to"),
    ConfigurationError: (503, "The server is not configured for this"),
}
_TITLES: Final = {
    400: "Bad request", 401: "Not signed in", 403: "Not permitted", 404: "Not found", 405: "Method not allowed",
    409: "Conflict", 413: "Too large", 422: "Not accepted", 429: "Too many requests", 500: "A bug of Oakum's",
    503: "Try again later",
}  # fmt: skip


def handlers() -> ExceptionHandlersMap:
    """What Litestar calls for each family of errors."""
    return {HTTPException: _http, OakumError: _named, Exception: _bug}


def problem(status: int, detail: str, headers: Mapping[str, str] | None = None) -> Response[bytes]:
    """An error as a response."""
    said = Problem(_TITLES.get(status, "Error"), status, detail=detail[:2000], instance=f"urn:oakum:{_id()}")
    return Response(msgspec.json.encode(said), status_code=status, media_type=MEDIA, headers=dict(headers or {}))


def _http(request: Asked, error: HTTPException) -> Response[bytes]:
    del request
    detail = error.detail
    if isinstance(error, ValidationException) and isinstance(error.extra, list):
        detail = "; ".join(f"{one.get('key', '')}: {one.get('message', '')}".strip(": ") for one in error.extra[:20])
    return problem(error.status_code, detail, error.headers)


def _named(request: Asked, error: OakumError) -> Response[bytes]:
    del request
    status = next((_STATUS[one][0] for one in type(error).__mro__ if one in _STATUS), 500)
    return problem(status, f"{error}" + (f" ({error.hint})" if error.hint else ""))


def _bug(request: Asked, error: Exception) -> Response[bytes]:
    """What nobody foresaw: the trace goes to the server's own output, under the id that the answer bears."""
    answer = problem(500, "Oakum could not answer; its output says why, under this id")
    id_ = msgspec.json.decode(answer.content, type=Problem).instance
    trace = "".join(traceback.format_exception(error))
    sys.stderr.write(f"oakum: {id_}: {request.method} {request.url.path}\n{trace}")
    return answer


def _id() -> str:
    return secrets.token_hex(8)
