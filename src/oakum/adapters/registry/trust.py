"""Whom a connection trusts, and how it gets there: certificates, proxies, plain HTTP."""

import base64
import functools
import http.client
import ssl
from urllib.parse import SplitResult, unquote, urlsplit

from oakum.kit.errors import ConfigurationError
from oakum.model.fetching import Trust


class Trusted:
    """Makes connections.

    Args:
        trust: as the parent says.
    """

    def __init__(self, trust: Trust) -> None:
        """Certificates are read when the first connection needs them."""
        self._trust = trust

    def connection(self, url: SplitResult, seconds: float) -> http.client.HTTPConnection:
        """A connection to a URL's host, not opened yet.

        Raises:
            ConfigurationError: a file of certificates cannot be read.
        """
        host, port = url.hostname or "", url.port
        if url.scheme != "https":
            return http.client.HTTPConnection(host, port, timeout=seconds)
        proxy = urlsplit(self._trust.proxy)
        if not proxy.hostname or self._is_direct(host):
            return _SecureConnection(host, port, timeout=seconds, context=self._context)
        connection = _SecureConnection(proxy.hostname, proxy.port, timeout=seconds, context=self._context)
        connection.set_tunnel(host, port, headers=_proxy_login(proxy))
        return connection

    @functools.cached_property
    def _context(self) -> ssl.SSLContext:
        try:
            context = ssl.create_default_context(capath=self._trust.folder or None)
            for file in self._trust.files:
                context.load_verify_locations(file)
        except (OSError, ssl.SSLError) as error:
            names = ", ".join((*self._trust.files, self._trust.folder)).strip(", ")
            raise ConfigurationError(f"certificates cannot be read from {names}: {error.strerror or error}") from None
        return context

    def _is_direct(self, host: str) -> bool:
        for name in self._trust.direct:
            bare = name.lstrip("*").lstrip(".")
            if name == "*" or (bare and (host == bare or host.endswith("." + bare))):
                return True
        return False


class _SecureConnection(http.client.HTTPSConnection):
    """Shakes hands where the watch can break it off: once the socket is known."""

    _context: ssl.SSLContext

    def connect(self) -> None:
        http.client.HTTPConnection.connect(self)
        name = str(getattr(self, "_tunnel_host", None) or self.host)
        self.sock = self._context.wrap_socket(self.sock, server_hostname=name, do_handshake_on_connect=False)
        self.sock.do_handshake()


def _proxy_login(proxy: SplitResult) -> dict[str, str]:
    if not proxy.username:
        return {}
    login = f"{unquote(proxy.username)}:{unquote(proxy.password or '')}"
    return {"Proxy-Authorization": "Basic " + base64.b64encode(login.encode()).decode()}
