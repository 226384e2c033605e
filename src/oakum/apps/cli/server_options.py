"""The options that say which server is asked, and as whom."""

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from oakum.kit.errors import UsageError

if TYPE_CHECKING:
    from oakum.ports.server import Server

F = TypeVar("F", bound=Callable[..., Any])
_TOKEN_BYTES: Final = 10_000

_OPTIONS: Final = (
    click.option("--server", metavar="URL", envvar="OAKUM_SERVER", default="", help="Ask this server."),
    click.option(
        "--token-file",
        metavar="FILE",
        envvar="OAKUM_TOKEN_FILE",
        default="",
        help="Holds the server's token; else OAKUM_TOKEN.",
    ),
    click.option("--ca", metavar="FILE", envvar="OAKUM_CA", default="", help="Authority of the server's certificate."),
)


def server_options(command: F) -> F:
    """Add the options."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def server_of(url: str, token_file: str, authority: str) -> "Server":
    """The server that was named.

    Raises:
        UsageError: no token is given, or its file cannot be read.
    """
    from oakum.apps import wiring  # noqa: PLC0415 - help is answered without it

    return wiring.server(url, token_of(token_file), authority)


def token_of(file: str) -> str:
    """The secret of the token; it stands in no argument.

    Raises:
        UsageError: there is none.
    """
    if not file:
        if token := os.environ.get("OAKUM_TOKEN", "").strip():
            return token
        raise UsageError("the server wants a token", hint="OAKUM_TOKEN or --token-file; oakum token create makes one")
    try:
        with open(file, encoding="ascii") as opened:
            token = opened.read(_TOKEN_BYTES).strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"the token cannot be read from {file}: {error}") from None
    if not token or any(character.isspace() for character in token):
        raise UsageError(f"{file} holds no token")
    return token
