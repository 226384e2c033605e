"""Options that every command with a TARGET has for images in registries and engines."""

import os
import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

import click

from oakum.kit.errors import UsageError

if TYPE_CHECKING:
    from oakum.model.fetching import RegistryAsked

Option = str | bool | tuple[str, ...] | None
Options = Mapping[str, Option]

F = TypeVar("F", bound=Callable[..., Any])

_PLATFORM = "Which image of several, as in linux/arm64/v8, or all; default: linux on this machine's processor."
_DISTRO = "Whose packages these are, instead of what os-release says, as in debian:12 or rhel:9."
_EXCLUDE = "Leave out what is only there: a path from the root, or a glob; ** crosses slashes."
_TARGET_OPTIONS = (
    click.option("--platform", metavar="OS/ARCH", default="", help=_PLATFORM),
    click.option("--containerd-address", metavar="SOCKET", default="", help="Default: CONTAINERD_ADDRESS."),
    click.option("--containerd-namespace", metavar="NAME", default="", help="Default: every one of containerd's."),
)
_OPTIONS = (
    click.option("--username", metavar="NAME", default="", help="For the registry; default: docker's logins."),
    click.option("--password-stdin", is_flag=True, help="Read the registry's password from standard input."),
    click.option("--registry-ca", metavar="FILE", multiple=True, help="Trust this authority too, for registries."),
    click.option("--registry-mirror", metavar="HOST=MIRROR", multiple=True, help="Ask MIRROR before HOST."),
    click.option("--plain-http", metavar="HOST", multiple=True, help="Speak plain HTTP with this registry."),
)


def distro_option(command: F) -> F:
    """Add the option that says whose packages a target's are."""
    return click.option("--distro", metavar="ID:VERSION", default="", help=_DISTRO)(command)


def exclude_option(command: F) -> F:
    """Add the option that leaves parts of a target out."""
    return click.option("--exclude", metavar="GLOB", multiple=True, help=_EXCLUDE)(command)


def registry_options(command: F) -> F:
    """Add the options to a command with a TARGET."""
    command = access_options(command)
    for option in reversed(_TARGET_OPTIONS):
        command = option(command)
    return command


def access_options(command: F) -> F:
    """Add the options that say how to reach a registry, and as whom."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def platform_of(options: Options) -> str:
    """The platform that was asked for.

    Raises:
        UsageError: it is none.
    """
    platform = str(options["platform"] or "")
    parts = platform.split("/")
    whole = len(parts) in {2, 3} and all(part.isascii() and part.isalnum() for part in parts)
    if platform not in {"", "all"} and not whole:
        raise UsageError(f"{platform!r} is no platform", hint="as in linux/amd64 or linux/arm/v7, or all")
    return platform


def containerd_of(options: Options) -> tuple[str, str]:
    """The address of containerd's socket and the namespace, where the words of the command say them."""
    return str(options["containerd_address"] or ""), str(options["containerd_namespace"] or "")


def registry_asked(options: Options) -> "RegistryAsked":
    """What was said about registries; a password stands in no argument.

    Raises:
        UsageError: a name without its password, or the other way about.
    """
    from oakum.model.fetching import RegistryAsked  # noqa: PLC0415 - help is answered without the scan's imports

    username = str(options["username"] or "") or os.environ.get("OAKUM_REGISTRY_USERNAME", "")
    password = os.environ.get("OAKUM_REGISTRY_PASSWORD", "")
    if options["password_stdin"]:
        password = sys.stdin.readline().rstrip("\r\n")
    if bool(username) != bool(password):
        missing = "password" if username else "user name"
        hint = "--username NAME --password-stdin, or OAKUM_REGISTRY_USERNAME and OAKUM_REGISTRY_PASSWORD"
        raise UsageError(f"a login for the registry lacks its {missing}", hint)
    return RegistryAsked(
        username=username,
        password=password,
        bearer=os.environ.get("OAKUM_REGISTRY_TOKEN", ""),
        plain=_several(options, "plain_http"),
        authorities=_several(options, "registry_ca"),
        mirrors=_several(options, "registry_mirror"),
    )


def _several(options: Options, name: str) -> tuple[str, ...]:
    """Each value, also where the environment gives them in one with commas between."""
    given = options[name]
    texts = given if isinstance(given, tuple) else (str(given),) if given else ()
    return tuple(part.strip() for text in texts for part in text.split(",") if part.strip())
