"""Asks a server's API over one connection that is kept, with the standard library alone."""

import http.client
import os
import ssl
from typing import Final
from urllib.parse import SplitResult, urlsplit

import msgspec

from oakum import __version__
from oakum.kit.decoding import UNDECODABLE
from oakum.kit.errors import ConfigurationError, NotPermittedError, OakumError, TryLaterError, UsageError
from oakum.kit.limits import SERVER_ANSWER_BYTES
from oakum.model.api import Problem

_PREFIX: Final = "/api/v1"
_OK: Final = range(200, 300)
_REFUSED: Final = frozenset({401, 403})
_LATER: Final = frozenset({429, 500, 502, 503, 504})
_STALE: Final = (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError)


class ServerClient:
    """Implements ``ports.server.Server``.

    Args:
        url: ``https://HOST[:PORT]``; plain HTTP is spoken where the URL says so.
        token: secret of a token.
        authority: path of a PEM file to trust instead of the system's certificates, or empty.
        seconds: for each answer.

    Raises:
        UsageError: the URL is none.
        ConfigurationError: the certificates cannot be read.
    """

    def __init__(self, url: str, token: str, authority: str = "", seconds: float = 60) -> None:
        """Nothing is asked yet."""
        parts = _parts(url)
        self._name = f"{parts.hostname}:{parts.port}" if parts.port else str(parts.hostname)
        self._headers = {"Authorization": f"Bearer {token}", "User-Agent": f"oakum/{__version__}"}
        host, port = str(parts.hostname), parts.port
        self._line: http.client.HTTPConnection
        if parts.scheme == "https":
            self._line = http.client.HTTPSConnection(host, port, timeout=seconds, context=_context(authority))
        else:
            self._line = http.client.HTTPConnection(host, port, timeout=seconds)

    def ask(self, method: str, path: str, body: bytes = b"", *, packed: bool = False) -> bytes:
        """The body of the answer."""
        headers = dict(self._headers)
        if body:
            headers["Content-Type"] = "application/msgpack+zstd" if packed else "application/json"
        try:
            status, said = self._answer(method, _PREFIX + path, body, headers)
        except ssl.SSLCertVerificationError as error:
            hint = "--ca FILE names the authority of its certificate"
            raise ConfigurationError(f"{self._name} cannot be trusted: {error.verify_message}", hint) from None
        except (OSError, http.client.HTTPException) as error:
            self._line.close()
            reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
            raise TryLaterError(f"the server {self._name} cannot be reached: {reason}") from None
        if status in _OK:
            return said
        raise _refusal(self._name, status, said)

    def close(self) -> None:
        """Let the connection go."""
        self._line.close()

    def _answer(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
        """One exchange; a kept connection that the server closed meanwhile is made anew, once."""
        kept = self._line.sock is not None
        try:
            return self._once(method, path, body, headers)
        except _STALE:
            self._line.close()
            if not kept:
                raise
        return self._once(method, path, body, headers)

    def _once(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
        self._line.request(method, path, body or None, headers)
        answer = self._line.getresponse()
        said = answer.read(SERVER_ANSWER_BYTES + 1)
        if len(said) > SERVER_ANSWER_BYTES:
            self._line.close()
            raise http.client.HTTPException("its answer is too long")
        return answer.status, said


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise UsageError(f"{url!r} is no URL of a server: {error}") from None
    if parts.scheme not in {"http", "https"} or not host or parts.path.strip("/") or "@" in parts.netloc:
        raise UsageError(f"{url!r} is no URL of a server", hint="as in https://oakum.example:8440")
    return parts


def _context(authority: str) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=authority or os.environ.get("SSL_CERT_FILE") or None)
    except (OSError, ssl.SSLError) as error:
        raise ConfigurationError(f"{authority or 'SSL_CERT_FILE'} cannot be used: {error}") from None


def _refusal(name: str, status: int, said: bytes) -> OakumError:
    try:
        detail = msgspec.json.decode(said, type=Problem).detail
    except UNDECODABLE:
        detail = ""
    text = f"the server {name} answers {status}" + (f": {detail}" if detail else "")
    if status in _REFUSED:
        return NotPermittedError(text, "oakum token create NAME --role ROLE makes a token; OAKUM_TOKEN holds it")
    return TryLaterError(text) if status in _LATER else UsageError(text)
