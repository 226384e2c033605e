"""HTTP connections of one thread, kept open from request to request, each watched."""

import contextlib
import http.client
import io
import socket
from collections.abc import Iterator, Mapping
from typing import IO, Final
from urllib.parse import SplitResult, urljoin, urlsplit

from oakum import __version__
from oakum.adapters.registry.guard import Guard, Watch
from oakum.adapters.registry.trust import Trusted
from oakum.kit.errors import DamagedError

_REDIRECTS: Final = 5
_REDIRECTED: Final = frozenset({301, 302, 303, 307, 308})
_LEFT: Final = 64 * 1024
"""What is read of an answer that nobody wants, to keep its connection; with more the connection is closed."""

_SHOWN: Final = 200
_SENT: Final = 256 * 1024
_DIGITS: Final = 20

Headers = Mapping[str, str]
Sent = bytes | IO[bytes] | None


class Reply:
    """An answer whose body is still to be read.

    Attributes:
        status: HTTP's number.
        url: that gave it, after redirects.
    """

    def __init__(self, url: SplitResult, answer: http.client.HTTPResponse, line: "_Line") -> None:
        """Hold an answer."""
        self.status = answer.status
        self.url = url
        self._answer = answer
        self._line = line

    def header(self, name: str) -> str:
        """A header, or nothing."""
        return (self._answer.getheader(name) or "").strip()

    def number(self, name: str) -> int:
        """A header that is a number, or -1; one of more digits than any honest one is cut."""
        stated = self.header(name)[:_DIGITS]
        return int(stated) if stated.isascii() and stated.isdigit() else -1

    def headers(self, name: str) -> list[str]:
        """A header as often as it is there."""
        return self._answer.headers.get_all(name) or []

    def piece(self, most: int) -> bytes:
        """What comes next, none at the end.

        Raises:
            OSError, HTTPException: the connection broke.
        """
        try:
            with self._line.watch:
                piece = self._answer.read1(most)
        except (OSError, http.client.HTTPException):
            if self._line.watch.broken:
                raise TimeoutError("it stood still") from None
            raise
        self._line.watch.came(len(piece))
        if self._line.watch.broken:
            raise TimeoutError("it stood still")
        if not piece and self._answer.length:  # ended before what was promised
            raise http.client.IncompleteRead(b"", self._answer.length)
        if not piece:
            self._answer.close()  # else the connection takes no further request
        return piece

    def small(self, most: int) -> bytes:
        """The whole body, which must not be larger than ``most``.

        Raises:
            DamagedError: it is larger.
            OSError, HTTPException: the connection broke.
        """
        data = b""
        while piece := self.piece(most + 1 - len(data)):
            data += piece
            if len(data) > most:
                self._line.close()
                raise DamagedError(f"the registry sends more than {most} bytes where a document should be")
        return data

    def leave(self) -> None:
        """Give up the rest of the body."""
        left = 0
        try:
            while left <= _LEFT and (piece := self.piece(_LEFT)):
                left += len(piece)
        except (OSError, http.client.HTTPException):
            left = _LEFT + 1
        if left > _LEFT:
            self._line.close()

    def close(self) -> None:
        """Close the connection, where a body is left that may be long."""
        if not self._answer.isclosed():
            self._line.close()


class Lines:
    """Connections to any number of hosts.

    Args:
        trusted: certificates and proxy.
        guard: watches them.
    """

    def __init__(self, trusted: Trusted, guard: Guard) -> None:
        """Nothing is opened yet."""
        self._trusted = trusted
        self._guard = guard
        self._open: dict[tuple[str, str], _Line] = {}

    def ask(self, method: str, url: str, headers: Headers, body: Sent = None) -> Reply:
        """Send a request and follow where it leads; what identifies the user stays with the first host.

        Raises:
            OSError, HTTPException: the connection broke.
            DamagedError: it leads where nothing may be fetched.
        """
        at = parts_of(url)
        sent = {"User-Agent": f"oakum/{__version__}", **headers}
        for _ in range(_REDIRECTS):
            reply = self._send(method, at, sent, body)
            leads = reply.header("Location") if reply.status in _REDIRECTED and method in {"GET", "HEAD"} else ""
            if not leads:
                return reply
            reply.leave()
            to = parts_of(leads, at.geturl())
            check_redirect(at, to)
            if (to.scheme, to.netloc) != (at.scheme, at.netloc):
                sent.pop("Authorization", None)
            at = to
        raise DamagedError(f"{parts_of(url).netloc} redirects more than {_REDIRECTS} times")

    def _send(self, method: str, url: SplitResult, headers: Headers, body: Sent) -> Reply:
        key = (url.scheme, url.netloc)
        line = self._open.get(key)
        if line is not None and line.is_open:
            try:
                return line.send(method, url, headers, body)
            except (ConnectionError, http.client.BadStatusLine):
                if line.watch.broken:
                    raise
                line.close()  # the server closed it while nobody asked
        if line is None:
            line = self._open[key] = _Line(self._trusted.connection(url, self._guard.seconds), self._guard)
        return line.send(method, url, headers, body)


def parts_of(url: str, base: str = "") -> SplitResult:
    """A URL that a registry gave, taken apart.

    Raises:
        DamagedError: it is none.
    """
    try:
        parts = urlsplit(urljoin(base, url))
        whole = parts.hostname != "" and parts.port != 0
    except ValueError:
        whole = False
    if not whole or not url.isascii() or not url.isprintable() or " " in url:
        raise DamagedError(f"the registry names {url[:_SHOWN]!r}, which is no URL")
    return parts


def check_redirect(at: SplitResult, to: SplitResult) -> None:
    """Refuse a place that must not be asked: no step leads from HTTPS to plain HTTP.

    Raises:
        DamagedError: it is such a place.
    """
    if to.scheme not in {at.scheme, "https"} or not to.hostname or "@" in to.netloc:
        raise DamagedError(f"{at.netloc} redirects to {to.scheme}://{to.netloc}, which is not followed")


class _Line:
    """One connection."""

    def __init__(self, connection: http.client.HTTPConnection, guard: Guard) -> None:
        self._connection = connection
        self.watch: Watch = guard.watch(self._break_off)

    @property
    def is_open(self) -> bool:
        return self._connection.sock is not None

    def send(self, method: str, url: SplitResult, headers: Headers, body: Sent) -> Reply:
        path = (url.path or "/") + (f"?{url.query}" if url.query else "")
        self.watch.begin()
        try:
            with self.watch:
                self._connection.request(method, path, body=self._counted(body), headers=dict(headers))
                return Reply(url, self._connection.getresponse(), self)
        except (OSError, http.client.HTTPException, ValueError) as error:
            self.close()
            if self.watch.broken:
                raise TimeoutError("it stood still") from None
            if not isinstance(error, OSError | http.client.HTTPException):
                raise DamagedError(f"{url.netloc}: {error}") from None
            raise

    def close(self) -> None:
        self._connection.close()

    def _counted(self, body: Sent) -> Iterator[bytes] | None:
        """A body in pieces; what was sent shows that the connection does not stand still."""
        stream = io.BytesIO(body) if isinstance(body, bytes) else body
        return None if stream is None else self._pieces(stream)

    def _pieces(self, stream: IO[bytes]) -> Iterator[bytes]:
        while piece := stream.read(_SENT):
            yield piece
            self.watch.came(len(piece))

    def _break_off(self) -> None:
        sock = self._connection.sock
        if sock is not None:
            with contextlib.suppress(OSError):
                socket.socket.shutdown(sock, socket.SHUT_RDWR)
