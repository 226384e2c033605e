"""Fetches files over HTTPS with the standard library."""

import http.client
import ipaddress
import time
import urllib.error
import urllib.request
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import IO, Final
from urllib.parse import urlsplit

from oakum import __version__
from oakum.kit import limits
from oakum.kit.errors import LimitError, TryLaterError, UsageError
from oakum.model.update_state import Validators
from oakum.ports.http import MissingError

_TRIES_HINT: Final = "try again later, or give a base that this machine reaches"
_SETTLED_SECONDS: Final = 60
_NOT_MODIFIED: Final = 304
_GONE: Final = frozenset({403, 404, 410})
"""Buckets answer 403 for a file that is not there."""


class HttpsDownloads:
    """Fetches files; plain HTTP is spoken to this machine alone.

    Redirects lead to HTTPS or to this machine. Nothing that identifies the user is sent: no
    cookies, no passwords out of a URL or a file.

    Args:
        seconds: for each answer of the server.
        all_seconds: for one file.
        size: in bytes, of one file.
    """

    def __init__(self, seconds: float = 30, all_seconds: float = 1_800, size: int = limits.FEED_ARCHIVE_BYTES) -> None:
        """Set the limits; nothing is opened yet."""
        self._seconds = seconds
        self._all_seconds = all_seconds
        self._size = size
        self._opener = urllib.request.build_opener(_Redirects)
        self._opener.addheaders = [("User-Agent", f"oakum/{__version__}")]

    def fetch(self, url: str, into: str, known: Validators | None = None) -> Validators | None:
        """Put what a URL gives into a new file; see ``ports.http.Http``."""
        check_url(url)
        conditions = _conditions(known)
        try:
            asked = urllib.request.Request(url, headers=conditions)  # noqa: S310 - the URL was checked above
            with self._opener.open(asked, timeout=self._seconds) as answer, open(into, "xb") as file:
                self._copy(url, answer, file)
                return _validators(answer.headers)
        except urllib.error.HTTPError as error:
            with error:
                if error.code == _NOT_MODIFIED and conditions:
                    return None
                if error.code in _GONE:
                    raise MissingError(f"{url} is not there (HTTP {error.code})") from error
                raise TryLaterError(f"{url} answered HTTP {error.code}", hint=_TRIES_HINT) from error
        except (OSError, http.client.HTTPException, ValueError) as error:
            reason = getattr(error, "reason", error)  # what urllib wraps
            raise TryLaterError(f"{url} cannot be fetched: {reason}", hint=_TRIES_HINT) from error

    def _copy(self, url: str, answer: http.client.HTTPResponse, file: IO[bytes]) -> None:
        ends = time.monotonic() + self._all_seconds
        promised = answer.length
        size = 0
        while block := answer.read1(limits.READ_CHUNK):  # what is there: who drips is not waited for
            size += len(block)
            if size > self._size:
                raise LimitError(f"{url} is larger than {self._size} bytes")
            if time.monotonic() > ends:
                raise TimeoutError(f"it took longer than {self._all_seconds:.0f} seconds")
            file.write(block)
        if promised is not None and size < promised:
            raise TryLaterError(f"{url} ended after {size} of {promised} bytes", hint=_TRIES_HINT)


def check_url(url: str) -> None:
    """Refuse a URL that must not be fetched.

    Raises:
        UsageError: it is neither HTTPS nor of this machine, or bears a password.
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError as error:
        raise UsageError(f"{url!r} is no URL: {error}") from error
    if "@" in parts.netloc:
        raise UsageError("a URL may not bear a user name or a password")
    if not host or not (parts.scheme == "https" or (parts.scheme == "http" and _is_here(host))):
        raise UsageError(f"{url!r} is not fetched: it is neither https:// nor of this machine")


def _conditions(known: Validators | None) -> dict[str, str]:
    """Ask for nothing else than a newer revision (RFC 9110, section 13.1); the tag counts where both are sent."""
    pairs = (("If-None-Match", known.etag), ("If-Modified-Since", known.modified)) if known else ()
    return {name: value for name, value in pairs if value}


def _validators(headers: Message) -> Validators:
    modified = headers.get("Last-Modified", "")
    return Validators(_printable(headers.get("ETag", "")), _printable(modified) if _settled(headers) else "")


def _settled(headers: Message) -> bool:
    """Whether a file was old enough when it came that its date, which has whole seconds, tells it from the next.

    RFC 9110, section 8.8.2.2, takes a date for a strong validator when it is a minute older than the answer.
    """
    try:
        modified, sent = (parsedate_to_datetime(headers.get(name, "")) for name in ("Last-Modified", "Date"))
        return (sent - modified).total_seconds() >= _SETTLED_SECONDS
    except (TypeError, ValueError, OverflowError):
        return False


def _printable(value: str) -> str:
    """What may be sent back as it is, or nothing."""
    return value if len(value) <= limits.FIELD_CHARACTERS and value.isascii() and value.isprintable() else ""


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows a redirect only to where the first request could have gone."""

    max_redirections = 5

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> urllib.request.Request | None:
        """Check the new URL as the first one was checked."""
        check_url(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type] # typeshed wants HTTPMessage


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
