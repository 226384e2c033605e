"""Asks one site of a registry: logs in when it is asked to, waits and tries again where that helps."""

import http.client
import time
from collections.abc import Callable, Mapping
from typing import IO, Final

from oakum.adapters.registry.lines import Lines, Reply, parts_of
from oakum.adapters.registry.login import Login
from oakum.adapters.registry.refusals import TRY_AGAIN, broken, is_final, refusal
from oakum.kit.errors import TryLaterError
from oakum.kit.limits import FETCH_TRIES, WAIT_SECONDS
from oakum.model.fetching import Site

_UNAUTHORIZED: Final = 401
FIRST_WAIT: Final = 0.1
"""Half the seconds before the second try; each further one waits twice as long."""

_NOBODY: Final = (ConnectionRefusedError, FileNotFoundError)

Pause = Callable[[float], None]
Body = bytes | Callable[[], IO[bytes]]
"""What is sent: the bytes, or what opens them anew for each try."""


class Client:
    """One site, asked by one thread.

    Args:
        site: which.
        lines: the thread's connections.
        login: shared by the threads.
        pause: waits for so many seconds.
    """

    def __init__(self, site: Site, lines: Lines, login: Login, pause: Pause = time.sleep) -> None:
        """Nothing is asked yet."""
        self.site = site
        self.pause = pause
        self._lines = lines
        self._login = login
        self._root = f"{'http' if site.plain else 'https'}://{site.host}/v2/{site.repository}/"

    def ask(self, method: str, path: str, headers: Mapping[str, str] | None = None, body: Body | None = None) -> Reply:
        """The answer to one request, whatever its status says, below 500 at least.

        Args:
            method: of HTTP.
            path: below ``/v2/REPOSITORY/``, or a URL that the registry gave.
            headers: beside those of the login.
            body: to send.

        Raises:
            TryLaterError: it cannot be reached, or does not do what it is there for.
            NotPermittedError: the login is refused.
            ConfigurationError: it cannot be trusted.
        """
        url = parts_of(path, self._root).geturl()
        return self.patiently(lambda: self._logged_in(method, url, headers or {}, body))

    def patiently(self, ask: Callable[[], Reply]) -> Reply:
        """Ask, and again after a while when the answer says that this may help."""
        for tries in range(1, FETCH_TRIES + 1):
            wait = FIRST_WAIT * 2.0**tries
            try:
                reply = ask()
            except (OSError, http.client.HTTPException) as error:
                trouble = broken(error, self.site)
                if tries == FETCH_TRIES or is_final(trouble) or isinstance(error, _NOBODY):
                    raise trouble from None
            else:
                if reply.status not in TRY_AGAIN:
                    return reply
                asked = reply.number("Retry-After")  # its form as a date is not used by registries
                if tries == FETCH_TRIES or asked > WAIT_SECONDS:
                    raise refusal(reply, self.site, "an answer")
                reply.leave()
                wait = wait if asked < 0 else asked
            self.pause(wait)
        raise TryLaterError(f"{self.site.host} does not answer")  # not reached: the last try returns or raises

    def _logged_in(self, method: str, url: str, headers: Mapping[str, str], body: Body | None) -> Reply:
        used = self._login.header
        reply = self._once(method, url, headers, body)
        if reply.status == _UNAUTHORIZED and self._login.learn(reply, self._lines, used, self.patiently):
            reply.leave()
            return self._once(method, url, headers, body)
        return reply

    def _once(self, method: str, url: str, headers: Mapping[str, str], body: Body | None) -> Reply:
        known = self._login.header if url.startswith(self._root.split("/v2/")[0] + "/") else ""
        sent = {**headers, **({"Authorization": known} if known else {})}
        if not callable(body):
            return self._lines.ask(method, url, sent, body)
        with body() as stream:
            return self._lines.ask(method, url, sent, stream)
