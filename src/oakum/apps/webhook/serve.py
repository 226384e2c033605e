"""Serves the webhook over TLS until it is told to end."""

import os
import ssl

import msgspec
from msgspec import Struct

from oakum.apps.webhook.application import SETTINGS, Settings
from oakum.kit.errors import ConfigurationError


class Served(Struct, frozen=True):
    """How it is served.

    Attributes:
        address: to listen at.
        port: to listen at.
        certificate: path of a PEM file with the chain.
        key: path of a PEM file (PKCS #8).
        client_ca: path of a PEM file: clients need a certificate of it; or empty.
        workers: processes.
    """

    address: str
    port: int
    certificate: str
    key: str
    client_ca: str = ""
    workers: int = 1


def serve(served: Served, settings: Settings) -> None:
    """Serve until a signal ends it.

    Raises:
        ConfigurationError: certificate and key cannot be used.
    """
    _check(served)
    from pathlib import Path  # noqa: PLC0415 - granian takes paths as such

    from granian import Granian  # noqa: PLC0415 - for servers alone
    from granian.constants import Interfaces  # noqa: PLC0415 - as above

    os.environ[SETTINGS] = msgspec.json.encode(settings).decode()
    server = Granian(
        "oakum.apps.webhook.application:make",
        address=served.address,
        port=served.port,
        interface=Interfaces.RSGI,
        factory=True,
        workers=served.workers,
        respawn_failed_workers=True,
        websockets=False,
        log_access=False,
        ssl_cert=Path(served.certificate),
        ssl_key=Path(served.key),
        ssl_ca=Path(served.client_ca) if served.client_ca else None,
        ssl_client_verify=bool(served.client_ca),
    )
    server.serve()


def _check(served: Served) -> None:
    """Try certificate and key before a server does, which would only say that its worker ended."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    try:
        context.load_cert_chain(served.certificate, served.key)
        if served.client_ca:
            context.load_verify_locations(served.client_ca)
    except (OSError, ssl.SSLError) as error:
        said = getattr(error, "strerror", None) or str(error)
        raise ConfigurationError(f"certificate and key cannot be used: {said}") from None
