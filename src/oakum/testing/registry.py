"""A registry on this machine: serves what was put into it, wants a login when told to, and lies as told."""

import base64
import http.server
import json
import re
import threading
import time
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Any, Final, Self
from urllib.parse import parse_qs, urlsplit

from msgspec import Struct

from oakum.testing.images import Layer, config_of, descriptor, digest_of

MANIFEST: Final = "application/vnd.oci.image.manifest.v1+json"
INDEX: Final = "application/vnd.oci.image.index.v1+json"
CONFIG: Final = "application/vnd.oci.image.config.v1+json"
LAYER: Final = "application/vnd.oci.image.layer.v1.tar+gzip"

TOKEN: Final = "a-token-of-the-tests"  # noqa: S105 - of the tests


class Seen(Struct, frozen=True):
    """A request as it came.

    Attributes:
        method: of HTTP.
        path: without the query.
        query: what stood behind the question mark.
        authorization: the header, or empty.
        range: the header, or empty.
        body: what was sent along.
    """

    method: str
    path: str
    query: str = ""
    authorization: str = ""
    range: str = ""
    body: bytes = b""


class Answer(Struct, frozen=True):
    """What is answered.

    Attributes:
        status: of HTTP.
        body: the bytes.
        headers: any; ``Content-Length`` is made from the body unless it stands here.
        cut: only so many bytes of the body are sent, then the connection is closed.
        drip: each byte of the body comes after so many seconds.
        stall: seconds before anything of the body comes.
    """

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = {}
    cut: int = -1
    drip: float = 0
    stall: float = 0


Lie = Callable[[Seen], Answer | None]
"""Answers in the place of the registry, or lets it answer."""


class FakeRegistry:
    """Serves images over plain HTTP on a port of its own; a context.

    Attributes:
        host: name and port.
        blobs: by digest.
        manifests: media type and bytes by ``REPOSITORY:TAG`` and ``REPOSITORY@DIGEST``.
        login: ``""``, ``basic`` or ``token``: how a login is asked for.
        users: passwords by name.
        realm: where tokens are given, when not here.
        lie: answers first.
        seen: every request.
    """

    def __init__(self) -> None:
        """Begin empty, and honest."""
        self.blobs: dict[str, bytes] = {}
        self.manifests: dict[str, tuple[str, bytes]] = {}
        self.login = ""
        self.users = {"ann": "secret"}
        self.realm = ""
        self.lie: Lie = lambda _seen: None
        self.seen: list[Seen] = []
        self._server = _Server(("127.0.0.1", 0), type("Asked", (_Asked,), {"registry": self}))
        self._server.daemon_threads = True
        self.host = f"127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        """Serve."""
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Serve no more."""
        self._server.shutdown()
        self._server.server_close()

    def put(self, data: bytes) -> str:
        """Keep a blob; give its digest."""
        self.blobs[digest_of(data)] = data
        return digest_of(data)

    def put_manifest(self, repository: str, tag: str, document: Any, kind: str = MANIFEST) -> dict[str, Any]:  # noqa: ANN401 - any JSON
        """Keep a manifest under its digest and, if there is one, a tag; give what points to it."""
        data = json.dumps(document).encode()
        self.manifests[f"{repository}@{digest_of(data)}"] = (kind, data)
        if tag:
            self.manifests[f"{repository}:{tag}"] = (kind, data)
        return descriptor(data, kind)

    def put_image(
        self, repository: str, tag: str, layers: Sequence[Layer], architecture: str = "amd64"
    ) -> dict[str, Any]:
        """Keep an image; give what points to it, with its platform."""
        config = config_of(layers, architecture)
        stored = [layer.packed() for layer in layers]
        for data in (config, *stored):
            self.put(data)
        document = {
            "schemaVersion": 2,
            "config": descriptor(config, CONFIG),
            "layers": [descriptor(data, LAYER) for data in stored],
        }
        platform = {"os": "linux", "architecture": architecture}
        return {**self.put_manifest(repository, tag, document), "platform": platform}

    def put_index(self, repository: str, tag: str, entries: Sequence[dict[str, Any]]) -> dict[str, Any]:
        """Keep an index of images."""
        return self.put_manifest(repository, tag, {"schemaVersion": 2, "manifests": list(entries)}, INDEX)

    def answer(self, seen: Seen) -> Answer:
        """What is answered to a request."""
        self.seen.append(seen)
        lie = self.lie(seen)
        if lie is not None:
            return lie
        if seen.path == "/token":
            return self._token(seen)
        return self._challenge(seen) or self._taken(seen) or self._content(seen)

    def _token(self, seen: Seen) -> Answer:
        asked = parse_qs(seen.body.decode() if seen.method == "POST" else seen.query)
        fresh = asked.get("refresh_token") == ["an-identity"]
        if not (fresh or self._knows(seen.authorization)):
            return _refused(401, "who are you?")
        return Answer(body=json.dumps({"token": TOKEN}).encode())

    def _knows(self, authorization: str) -> bool:
        scheme, _, value = authorization.partition(" ")
        name, _, password = base64.b64decode(value).decode().partition(":") if scheme == "Basic" else ("", "", "")
        return bool(name) and self.users.get(name) == password

    def _challenge(self, seen: Seen) -> Answer | None:
        realm = self.realm or f"http://{self.host}/token"
        if self.login == "token" and seen.authorization != f"Bearer {TOKEN}":
            scope = "repository:any:pull"
            asks = f'Bearer realm="{realm}",service="tests",scope="{scope}"'
            return _refused(401, "log in", {"WWW-Authenticate": asks})
        if self.login == "basic" and not self._knows(seen.authorization):
            return _refused(401, "log in", {"WWW-Authenticate": 'Basic realm="tests"'})
        return None

    def _taken(self, seen: Seen) -> Answer | None:
        """What is pushed."""
        name = seen.path.rpartition("/")[2]
        if seen.method == "POST":
            return Answer(202, headers={"Location": f"{seen.path}one-upload?state=x"})
        if seen.method != "PUT":
            return None
        if "/blobs/uploads/" in seen.path:
            wanted = parse_qs(seen.query)["digest"][0]
            return Answer(201) if self.put(seen.body) == wanted else _refused(400, "digest invalid")
        repository = seen.path.removeprefix("/v2/").rpartition("/manifests/")[0]
        digest = digest_of(seen.body)
        self.manifests[f"{repository}@{digest}"] = (MANIFEST, seen.body)
        self.manifests[f"{repository}:{name}"] = (MANIFEST, seen.body)
        return Answer(201, headers={"Docker-Content-Digest": digest})

    def _content(self, seen: Seen) -> Answer:
        found = re.fullmatch(r"/v2/(.+)/(manifests|blobs)/([^/]+)", seen.path)
        if not found:
            return Answer(body=b"{}")
        repository, kind, name = found.groups()
        if kind == "blobs":
            return self._blob(self.blobs.get(name), seen)
        media_type, data = self.manifests.get(f"{repository}{'@' if ':' in name else ':'}{name}", ("", b""))
        if not data:
            return _refused(404, "manifest unknown")
        return Answer(body=data, headers={"Content-Type": media_type, "Docker-Content-Digest": digest_of(data)})

    def _blob(self, data: bytes | None, seen: Seen) -> Answer:
        if data is None:
            return _refused(404, "blob unknown")
        since = re.fullmatch(r"bytes=(\d+)-", seen.range)
        if not since:
            return Answer(body=data)
        start = int(since.group(1))
        return Answer(206, data[start:], {"Content-Range": f"bytes {start}-{len(data) - 1}/{len(data)}"})


def _refused(status: int, message: str, headers: dict[str, str] | None = None) -> Answer:
    body = json.dumps({"errors": [{"code": "NO", "message": message}]}).encode()
    return Answer(status, body, headers or {})


class _Server(http.server.ThreadingHTTPServer):
    """Says nothing of clients that leave in the middle: that is what tests make them do."""

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing."""


class _Asked(http.server.BaseHTTPRequestHandler):
    """One connection to a registry."""

    protocol_version = "HTTP/1.1"
    registry: FakeRegistry

    def _any(self) -> None:
        at = urlsplit(self.path)
        headers = self.headers
        body = self.rfile.read(int(headers.get("Content-Length") or 0))
        authorization, range_ = headers.get("Authorization", ""), headers.get("Range", "")
        try:
            self._send(self.registry.answer(Seen(self.command, at.path, at.query, authorization, range_, body)))
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = _any  # noqa: N815 - as the library calls them

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        for name, value in {"Content-Length": str(len(answer.body)), **answer.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command == "HEAD":
            return
        time.sleep(answer.stall)
        if answer.drip:
            for at in range(len(answer.body)):
                self.wfile.write(answer.body[at : at + 1])
                time.sleep(answer.drip)
        else:
            self.wfile.write(answer.body[: answer.cut] if answer.cut >= 0 else answer.body)
        self.close_connection = answer.cut >= 0

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as the library calls it
        """Say nothing."""
