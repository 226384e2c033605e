"""Answers a registry's challenges: basic authentication and tokens (distribution's token specification, RFC 6750).

The registry says in ``WWW-Authenticate`` where tokens are given; that is often another host.
"""

import base64
import re
import threading
from collections.abc import Callable
from typing import Final
from urllib.parse import urlencode

import msgspec
from msgspec import Struct

from oakum.adapters.registry.lines import Lines, Reply, check_redirect, parts_of
from oakum.adapters.registry.refusals import refusal
from oakum.kit.decoding import UNDECODABLE
from oakum.kit.errors import DamagedError
from oakum.kit.limits import MIB
from oakum.model.fetching import Site

_PARAMETER: Final = re.compile(r'([A-Za-z_]{1,30})=(?:"([^"\\]{0,2000})"|([^\s",]{0,2000}))')
_OK: Final = 200
_ANSWER: Final = 1 * MIB


class _Token(Struct):
    """An answer of a token server; both names are in use."""

    token: str = ""
    access_token: str = ""


class Login:
    """What stands in ``Authorization`` for one site; shared by all threads.

    Args:
        site: with its credentials.
        action: ``pull``, or ``pull,push``.
    """

    def __init__(self, site: Site, action: str = "pull") -> None:
        """Begin without a word about who asks, unless a token was given."""
        self.header = f"Bearer {site.bearer}" if site.bearer else ""
        self._site = site
        self._scope = f"repository:{site.repository}:{action}"
        self._lock = threading.Lock()

    def learn(self, reply: Reply, lines: Lines, used: str, again: Callable[[Callable[[], Reply]], Reply]) -> bool:
        """Take a challenge up; whether asking once more with ``header`` makes sense.

        Args:
            reply: the answer 401.
            lines: where a token is asked for.
            used: the header that was refused.
            again: asks, and asks again where that helps.

        Raises:
            NotPermittedError: the token server refuses the credentials.
        """
        challenges = dict(_challenge(value) for value in reply.headers("WWW-Authenticate"))
        with self._lock:
            if self.header != used:
                return True  # another thread was faster
            if "bearer" in challenges and not self._site.bearer:
                self.header = self._token(challenges["bearer"], reply, lines, again)
            elif "basic" in challenges and self._site.username:
                self.header = _basic(self._site)
            return self.header != used

    def _token(
        self, asked: dict[str, str], reply: Reply, lines: Lines, again: Callable[[Callable[[], Reply]], Reply]
    ) -> str:
        realm = parts_of(asked.get("realm", ""))
        check_redirect(reply.url, realm)
        scope = {"service": asked.get("service", ""), "scope": asked.get("scope") or self._scope}
        answer = again(lambda: self._ask(realm.geturl(), scope, lines))
        if answer.status != _OK:
            raise refusal(answer, self._site, "a token")
        try:
            token = msgspec.json.decode(answer.small(_ANSWER), type=_Token)
        except UNDECODABLE:
            raise DamagedError(f"{realm.netloc} gives no token but something else") from None
        return f"Bearer {_header_safe(token.token or token.access_token)}"

    def _ask(self, realm: str, scope: dict[str, str], lines: Lines) -> Reply:
        site = self._site
        if site.token:  # an identity token is exchanged by OAuth 2 (distribution's oauth specification)
            form = {**scope, "grant_type": "refresh_token", "refresh_token": site.token, "client_id": "oakum"}
            body = urlencode(form).encode()
            headers = {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": str(len(body))}
            return lines.ask("POST", realm, headers, body)
        query = urlencode({key: value for key, value in scope.items() if value})
        headers = {"Authorization": _basic(site)} if site.username else {}
        return lines.ask("GET", realm + ("&" if "?" in realm else "?") + query, headers)


def _basic(site: Site) -> str:
    return "Basic " + base64.b64encode(f"{site.username}:{site.password}".encode()).decode()


def _challenge(value: str) -> tuple[str, dict[str, str]]:
    scheme, _, rest = value.strip().partition(" ")
    found = _PARAMETER.findall(rest[:8192])
    return scheme.lower(), {name.lower(): quoted or plain for name, quoted, plain in found}


def _header_safe(token: str) -> str:
    if not token.isascii() or not token.isprintable():
        raise DamagedError("the token server gives what is no token")
    return token
