"""What a registry's refusals mean, and whose move it is then."""

import http.client
import socket
import ssl
from typing import Final

import msgspec
from msgspec import Struct

from oakum.adapters.registry.lines import Reply
from oakum.kit.decoding import UNDECODABLE
from oakum.kit.errors import (
    ConfigurationError,
    DamagedError,
    NotPermittedError,
    OakumError,
    TryLaterError,
    UnreadableError,
)
from oakum.model.fetching import Site

_UNAUTHORIZED, _FORBIDDEN, _NOT_FOUND, _GONE, _TOO_MANY, _SERVER = 401, 403, 404, 410, 429, 500
_REASON: Final = 64 * 1024
_SAID: Final = 200

TRY_AGAIN: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Answers after which the same question may be answered otherwise."""


class _Told(Struct):
    code: str = ""
    message: str = ""


class _Errors(Struct):
    errors: list[_Told] = []


def refusal(reply: Reply, site: Site, what: str) -> OakumError:
    """The error for an answer that is none.

    Args:
        reply: the answer.
        site: that was asked.
        what: that was asked for.
    """
    where, said = reply.url.netloc, _said(reply)
    if reply.status == _UNAUTHORIZED:
        given = "does not take this login for" if site.username or site.token or site.bearer else "wants a login for"
        hint = "docker login stores one; else --username and --password-stdin, or OAKUM_REGISTRY_USERNAME and _PASSWORD"
        return NotPermittedError(f"{where} {given} {site.repository}{said}", hint)
    if reply.status == _FORBIDDEN:
        return NotPermittedError(f"{where} refuses {what} of {site.repository} (403){said}")
    if reply.status in {_NOT_FOUND, _GONE}:
        hint = "is the name right? some registries say this where a login is missing"
        return UnreadableError(f"{where} has no {what} of {site.repository}{said}", hint)
    if reply.status == _TOO_MANY:
        wait = reply.number("Retry-After")
        told = f" and to wait {wait} seconds" if wait >= 0 else ""
        return TryLaterError(f"{where} says that there are too many requests (429){told}{said}", hint="wait, or log in")
    if reply.status >= _SERVER:
        return TryLaterError(f"{where} answers {reply.status} for {what} of {site.repository}{said}")
    return UnreadableError(f"{where} answers {reply.status} for {what} of {site.repository}{said}")


def broken(error: Exception, site: Site) -> OakumError:
    """The error for a connection that broke, or never was."""
    where = f"{'http' if site.plain else 'https'}://{site.host}"
    if isinstance(error, ssl.SSLCertVerificationError):
        hint = "--registry-ca FILE trusts another authority"
        return ConfigurationError(f"the certificate of {where} is not trusted: {error.verify_message}", hint)
    if isinstance(error, ssl.SSLError) and "WRONG_VERSION_NUMBER" in str(error):
        hint = "--plain-http asks for it, without any protection of what is read"
        return ConfigurationError(f"{where} does not speak HTTPS; it may speak plain HTTP", hint)
    if isinstance(error, socket.gaierror):
        hint = "is it right, and is the network there?"
        return TryLaterError(f"no host is found under the name of {site.host}", hint)
    if isinstance(error, TimeoutError):
        return TryLaterError(f"{where}: the connection stood still and was broken off")
    said = (isinstance(error, OSError) and error.strerror) or str(error) or type(error).__name__
    if isinstance(error, http.client.HTTPException):
        said = f"it broke off ({type(error).__name__})"
    return TryLaterError(f"{where} cannot be reached: {said[:_SAID]}")


def is_final(error: OakumError) -> bool:
    """Whether trying again would not help."""
    return not isinstance(error, TryLaterError)


def _said(reply: Reply) -> str:
    """What the registry says about it, in its own words, bounded."""
    try:
        told = msgspec.json.decode(reply.small(_REASON), type=_Errors).errors
    except (*UNDECODABLE, OSError, http.client.HTTPException, DamagedError):
        reply.close()
        return ""
    words = [entry.message or entry.code for entry in told]
    return f": {words[0][:_SAID]}" if words and words[0] else ""
