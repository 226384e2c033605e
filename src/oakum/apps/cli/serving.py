"""From the words of ``serve`` to a running server."""

import ipaddress
import os
import ssl

import click

from oakum.apps import store_wiring
from oakum.apps.server.auth.accounts import needs_set_up, set_up_token
from oakum.apps.server.settings import Settings
from oakum.apps.server.supervisor import supervise
from oakum.kit.errors import ConfigurationError, NotPermittedError, UsageError

_PORTS = 65_536


def run_serve(state: str, listen: str, database: str, tls: tuple[str, str], *, plain: bool) -> None:
    """Check what was said, say where the server is, and keep it running."""
    address, port = _place(listen)
    certificate, key = tls
    _check(address, certificate, key, plain=plain)
    settings = Settings(os.path.abspath(state), address, port, database, certificate, key)
    ledger = store_wiring.open_ledger(settings.state)
    try:
        click.echo(f"oakum: the server is at {settings.url}, its state in {settings.state}", err=True)
        if needs_set_up(ledger):
            token = set_up_token(ledger)
            click.echo(f"oakum: set-up token: {token}", err=True)
            click.echo(f"oakum: open {settings.url}/setup and make the admin account with it, once", err=True)
    finally:
        ledger.close()
    supervise(settings, lambda said: click.echo(f"oakum: {said}", err=True))


def _place(listen: str) -> tuple[str, int]:
    host, colon, port = listen.rpartition(":")
    address = host.removeprefix("[").removesuffix("]")
    try:
        ipaddress.ip_address(address)
    except ValueError:
        raise UsageError(f"{listen!r} is no place to listen", hint="as in 127.0.0.1:8440 or [::1]:8440") from None
    if not colon or not port.isascii() or not port.isdecimal() or not 0 < int(port) < _PORTS:
        raise UsageError(f"{listen!r} is no place to listen", hint="as in 127.0.0.1:8440 or [::1]:8440")
    return address, int(port)


def _check(address: str, certificate: str, key: str, *, plain: bool) -> None:
    """Passwords and tokens go over this: beyond this machine by TLS alone, unless somebody insists."""
    if bool(certificate) != bool(key):
        raise UsageError("a certificate needs its key, and the other way about")
    if not certificate and not plain and not ipaddress.ip_address(address).is_loopback:
        hint = "give --certificate and --key, or --plain-http where something before it speaks TLS"
        raise NotPermittedError(f"{address} is reached by others, who would send their passwords in the clear", hint)
    if certificate:
        try:
            ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key)
        except (OSError, ssl.SSLError) as error:
            said = getattr(error, "strerror", None) or str(error)
            raise ConfigurationError(f"certificate and key cannot be used: {said}") from None
