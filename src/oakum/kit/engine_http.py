"""HTTP to a container engine, wherever it listens: at a Unix socket, or over TLS on another machine."""

import http.client
import os
from typing import Final
from urllib.parse import urlsplit

from oakum.kit.errors import ConfigurationError, UsageError
from oakum.kit.unix_http import UnixConnection

_SECONDS: Final = 30
_TLS_PORT: Final = 2376
_PLAIN_PORT: Final = 2375
_HERE: Final = frozenset({"127.0.0.1", "::1", "localhost"})
_TUNNEL: Final = "ssh -nNT -L /tmp/engine.sock:/var/run/docker.sock HOST, and unix:///tmp/engine.sock"


def engine_connection(address: str, certificates: str = "") -> http.client.HTTPConnection:
    """A connection that opens with its first request.

    Args:
        address: ``unix:///var/run/docker.sock`` or ``tcp://host:2376``.
        certificates: folder of ``ca.pem``, ``cert.pem`` and ``key.pem``, for TLS; without it only this machine is
            spoken to, since whoever sits between could answer with another image.

    Raises:
        UsageError: nothing speaks so, or it would be in the clear.
        ConfigurationError: the certificates cannot be used.
    """
    scheme, _, path = address.partition("://")
    if scheme == "unix" and path:
        return UnixConnection(path)
    host, port = _place(address) if scheme == "tcp" else ("", 0)
    if not host:
        raise UsageError("only unix:// and tcp:// are spoken", f"by ssh: {_TUNNEL}")
    if certificates:
        return _over_tls(host, port or _TLS_PORT, certificates)
    if host not in _HERE:
        raise UsageError("another machine is not asked in the clear", f"set DOCKER_TLS_VERIFY=1, or use {_TUNNEL}")
    return http.client.HTTPConnection(host, port or _PLAIN_PORT, timeout=_SECONDS)


def _place(address: str) -> tuple[str, int]:
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port or 0
    except ValueError:
        return "", 0
    return host, port


def _over_tls(host: str, port: int, certificates: str) -> http.client.HTTPConnection:
    import ssl  # noqa: PLC0415 - most engines are asked at a socket, and this costs 10 ms

    authority, certificate, key = (os.path.join(certificates, name) for name in ("ca.pem", "cert.pem", "key.pem"))
    try:
        context = ssl.create_default_context(cafile=authority)
        context.load_cert_chain(certificate, key)
    except (OSError, ssl.SSLError) as error:
        said = getattr(error, "strerror", None) or str(error)
        raise ConfigurationError(f"the certificates in {certificates} cannot be used: {said}") from None
    return http.client.HTTPSConnection(host, port, timeout=_SECONDS, context=context)
