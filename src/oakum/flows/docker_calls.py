"""Which calls of Docker's API matter to a gate, whatever they look like.

Go reads JSON keys in any case and joins objects that come twice; the engine's router joins
slashes and takes any version in front. Whoever decides on such a request must read it no
more strictly than the engine does.
"""

import json
import re
from collections.abc import Iterable
from posixpath import normpath
from typing import Any, Final
from urllib.parse import unquote

from msgspec import Struct

from oakum.model.docker_request import DockerRequest

_VERSION: Final = re.compile(r"^/v[0-9][0-9.]*(?=/)")
_NAME: Final = r"([^/]+)"
_DEPTH: Final = 100

_JUDGED: Final = (
    ("create", re.compile("/containers/create")),
    ("start", re.compile(f"/containers/{_NAME}/(?:start|restart|unpause)")),
    ("exec", re.compile(f"/containers/{_NAME}/exec")),
    ("exec_start", re.compile(f"/exec/{_NAME}/start")),
    ("service", re.compile(f"/services/(?:create|{_NAME}/update)")),
)
_HARMLESS: Final = re.compile(
    r"/(?:auth|build(?:/prune|/cancel)?|commit|session|grpc|events|_ping|info|version|system/.*|distribution/.*"
    r"|images/.*|networks/.*|volumes/.*|nodes/.*|swarm/.*|secrets/.*|configs/.*|tasks/.*|exec/[^/]+/resize"
    r"|services/[^/]+|containers/prune|containers/[^/]+(?:/(?:stop|kill|pause|wait|resize|rename|attach(?:/ws)?|archive"
    r"|export|update|copy|logs))?)"
)
"""Calls that start nothing. A call that is on neither list is refused: tomorrow's engine may start something by it."""


class Call(Struct, frozen=True):
    """A call that is to be judged.

    Attributes:
        kind: ``create``, ``start``, ``exec``, ``exec_start``, ``service``, ``harmless``, ``strange``.
        name: of the object in its path, or empty.
        has_body: a body was sent, whether or not the engine handed it on.
        body: its JSON with all keys in small letters; None when it is none, or was not handed on.
    """

    kind: str
    name: str = ""
    has_body: bool = False
    body: dict[str, Any] | None = None


def call_of(request: DockerRequest) -> Call:
    """What a request asks for."""
    path = _path(request.uri)
    if request.verb in {"GET", "HEAD", "OPTIONS"}:
        return Call("harmless")
    for kind, expression in _JUDGED if request.verb == "POST" else ():
        found = expression.fullmatch(path)
        if found:
            return Call(kind, (found.groups() or ("",))[0] or "", _has_body(request), _body(request.body))
    harmless = request.verb == "DELETE" or _HARMLESS.fullmatch(path)
    return Call("harmless" if harmless else "strange", path)


def true_anywhere(body: dict[str, Any] | None, key: str) -> bool:
    """Whether a key of any depth is true."""
    return any(value is True for name, value in _pairs(body or {}, 0) if name == key)


def text_of(body: dict[str, Any] | None, *keys: str) -> str:
    """The text below some keys, or empty."""
    value: Any = body
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, str) else ""


def _path(uri: str) -> str:
    """The path as the engine's router sees it: decoded, slashes joined, dots resolved, without the version."""
    path = normpath("/" + unquote(uri.partition("?")[0]).lstrip("/"))  # Go knows no fragment and no host here
    return _VERSION.sub("", path)


def _has_body(request: DockerRequest) -> bool:
    """Whether a body was sent; the engine hands none on that is too long or calls itself no JSON."""
    headers = {name.lower(): value for name, value in request.headers.items()}
    length = headers.get("content-length", "0").strip()
    return bool(request.body) or length not in {"", "0"} or "transfer-encoding" in headers


def _body(data: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(data, object_pairs_hook=_folded)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _folded(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object as Go reads it: keys in any case; objects under the same key are joined, a flag that was set stays."""
    folded: dict[str, Any] = {}
    for key, value in pairs:
        name = key.casefold()
        folded[name] = _joined(folded[name], value) if name in folded else value
    return folded


def _joined(old: object, new: object) -> object:
    if isinstance(old, dict) and isinstance(new, dict):
        return {**old, **{key: _joined(old[key], value) if key in old else value for key, value in new.items()}}
    if old is True or new is None:  # stricter than Go: what was said once counts
        return old
    return new


def _pairs(value: object, depth: int) -> Iterable[tuple[str, Any]]:
    if depth > _DEPTH:
        return
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key, inner
            yield from _pairs(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            yield from _pairs(inner, depth + 1)
