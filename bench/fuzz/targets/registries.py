"""What a registry answers: status lines, headers, challenges, bodies, through the client that the fetcher runs."""

import hashlib
import http.client
import io
import os
import tempfile
from collections.abc import Callable, Iterator
from urllib.parse import SplitResult

from bench.fuzz.target import Case, Target, single

from oakum.adapters.registry.client import Client
from oakum.adapters.registry.guard import Guard, Watch
from oakum.adapters.registry.lines import Lines
from oakum.adapters.registry.login import Login
from oakum.adapters.registry.logins import find_login
from oakum.adapters.registry.pull import Pull
from oakum.adapters.registry.trust import Trusted
from oakum.kit.errors import ConfigurationError, OakumError
from oakum.model.fetching import Site, Trust

_BODY = b'{"schemaVersion": 2}'
_BLOB = b"x" * 300
_DIGEST = "sha256:" + hashlib.sha256(_BLOB).hexdigest()
_WORDS = (
    b"HTTP/1.1 401 x\r\n",
    b"HTTP/1.1 206 x\r\n",
    b"HTTP/1.1 307 x\r\n",
    b"HTTP/1.1 429 x\r\n",
    b"HTTP/1.1 100 x\r\n",
    b"Location: http://[\r\n",
    b"Location: http://a:99999/\r\n",
    b"Location: //\r\n",
    b"Retry-After: \xb2\r\n",
    b"Content-Length: \xb2\r\n",
    b"Content-Length: -1\r\n",
    b"Transfer-Encoding: chunked\r\n",
    b"Content-Range: bytes ",
    b'WWW-Authenticate: Bearer realm="http://[",service="x"\r\n',
    b"WWW-Authenticate: Basic\r\n",
    b"\r\n\r\n",
    b"Docker-Content-Digest: sha256:",
    b'{"errors":[{"code":"X","message":"\xff"}]}',
    b'{"token":"\xff"}',
    b"ffffffffff\r\n",
    b"Connection: close\r\n",
    b"Content-Type: application/vnd.docker.distribution.manifest.v1",
)


def targets() -> Iterator[Target]:
    """Those of this module."""
    for name, run in (("resolve", _resolve), ("document", _document), ("blob", _blob)):
        yield Target(f"registry-{name}", _answers, run, (OakumError,), _WORDS)
    logins = b'{"auths": {"https://registry.example/v1/": {"auth": "YTpi"}}, "credsStore": ""}'
    yield single(
        "registry-logins", lambda: [logins], _login, (ConfigurationError,), words=(b'"identitytoken":"x"', b"=")
    )


def _answers() -> list[Case]:
    ok = b"HTTP/1.1 200 OK\r\nDocker-Content-Digest: %b\r\nContent-Length: %d\r\n\r\n%b"
    plain = ok % (_DIGEST.encode(), len(_BLOB), _BLOB)
    realm = b'WWW-Authenticate: Bearer realm="http://registry.example/t",scope="a"\r\n'
    challenge = b"HTTP/1.1 401 No\r\n" + realm + b"Content-Length: 0\r\n\r\n"
    token = ok % (b"", 14, b'{"token": "x"}')
    moved = b"HTTP/1.1 307 There\r\nLocation: http://other.example/x?y=z\r\nContent-Length: 2\r\n\r\nno"
    busy = b'HTTP/1.1 429 Busy\r\nRetry-After: 1\r\nContent-Length: 32\r\n\r\n{"errors":[{"message":"slow on"}]}'
    half = b"HTTP/1.1 200 OK\r\nContent-Length: 300\r\n\r\n" + _BLOB[:100]
    rest = b"HTTP/1.1 206 Rest\r\nContent-Range: bytes 100-299/300\r\nContent-Length: 200\r\n\r\n" + _BLOB[100:]
    chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n12c\r\n" + _BLOB + b"\r\n0\r\n\r\n"
    told = [
        [plain],
        [challenge, token, plain],
        [moved, plain],
        [busy, plain],
        [half, rest],
        [chunked],
        [ok % (b"", 20, _BODY)],
    ]
    return [{str(number): answer for number, answer in enumerate(answers)} for answers in told]


def _client(case: Case) -> Client:
    site = Site("registry.example", "team/app", plain=True, username="u", password="p")  # noqa: S106 - made up
    answers = [case[name] for name in sorted(case)]
    return Client(site, Lines(_Canned(answers), _Unwatched(1)), Login(site), _no_pause)


def _resolve(case: Case) -> object:
    return Pull([_client(case)], {}).resolve("latest")


def _document(case: Case) -> object:
    return Pull([_client(case)], {}).document(_DIGEST, -1, manifest=True)


def _blob(case: Case) -> object:
    taken = bytearray()
    Pull([_client(case)], {}).blob(_DIGEST, len(_BLOB), taken.extend)
    if taken != _BLOB:
        raise AssertionError("a blob was vouched for that is another")
    return len(taken)


def _no_pause(seconds: float) -> None:
    if not 0 <= seconds <= 60:  # noqa: PLR2004 - as limits.WAIT_SECONDS says
        raise AssertionError("it waits longer than any registry may ask")


class _Unwatched(Guard):
    """Nothing here waits for a network."""

    def watch(self, break_off: Callable[[], None]) -> Watch:
        return Watch(break_off)


class _Canned(Trusted):
    """Connections to a server that says what the case holds, one answer per connection and the last one again."""

    def __init__(self, answers: list[bytes]) -> None:
        super().__init__(Trust())
        self._answers = answers
        self._at = 0

    def connection(self, url: SplitResult, seconds: float) -> http.client.HTTPConnection:
        honest = super().connection(url, seconds)
        return _CannedConnection(honest.host, honest.port, self.following)

    def following(self) -> bytes:
        """What the next connection says."""
        self._at += 1
        return self._answers[min(self._at, len(self._answers)) - 1]


class _CannedConnection(http.client.HTTPConnection):
    """One connection that says what it is told."""

    def __init__(self, host: str, port: int, answer: Callable[[], bytes]) -> None:
        super().__init__(host, port)
        self._canned = answer

    def connect(self) -> None:
        self.sock = _Socket(self._canned())


class _Socket:
    """As much of a socket as http.client uses."""

    def __init__(self, answer: bytes) -> None:
        self._answer = answer

    def sendall(self, data: bytes) -> None:
        """Nobody listens."""

    def makefile(self, mode: str) -> io.BytesIO:
        """What is read."""
        del mode
        return io.BytesIO(self._answer)

    def close(self) -> None:
        """Nothing to close."""

    def shutdown(self, how: int) -> None:
        """Nothing to end."""


def _login(data: bytes) -> object:
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "config.json"), "wb") as file:
            file.write(data)
        environment = {"HOME": folder, "DOCKER_CONFIG": folder, "PATH": ""}
        return find_login("registry.example", "team/app", environment)
