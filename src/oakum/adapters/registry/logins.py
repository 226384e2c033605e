"""Where logins are kept: the files of docker and podman, and the programs that those files name."""

import base64
import os
import re
from collections.abc import Iterator, Mapping
from typing import Final

import msgspec
from msgspec import Struct

from oakum.kit.decoding import UNDECODABLE
from oakum.kit.errors import ConfigurationError
from oakum.kit.limits import MIB

_HELPER: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,99}")
_HELPER_SECONDS: Final = 60
_FILE_BYTES: Final = 4 * MIB
_TOKEN_NAME: Final = "<token>"  # noqa: S105 - the name that a helper gives for an identity token, no secret


class Credentials(Struct, frozen=True):
    """A login.

    Attributes:
        username: or empty.
        password: or empty.
        token: an identity token instead of both.
        bearer: a token that the registry itself takes.
    """

    username: str = ""
    password: str = ""
    token: str = ""
    bearer: str = ""


class _Entry(Struct):
    auth: str = ""
    username: str = ""
    password: str = ""
    identitytoken: str = ""
    registrytoken: str = ""


class _File(Struct, rename={"creds_store": "credsStore", "helpers": "credHelpers"}):
    auths: dict[str, _Entry | None] | None = None
    creds_store: str = ""
    helpers: dict[str, str] | None = None


class _Given(Struct, rename="pascal"):
    username: str = ""
    secret: str = ""


def find_login(host: str, repository: str, environment: Mapping[str, str]) -> Credentials:
    """The login for a repository, or an empty one.

    Raises:
        ConfigurationError: a file, or a program that it names for this very host, cannot be used.
    """
    for path in _files(environment):
        found = _in_file(path, host, repository)
        if found is not None:
            return found
    return Credentials()


def _files(environment: Mapping[str, str]) -> Iterator[str]:
    home = environment.get("HOME") or os.path.expanduser("~")
    if environment.get("REGISTRY_AUTH_FILE"):
        yield environment["REGISTRY_AUTH_FILE"]
    yield os.path.join(environment.get("DOCKER_CONFIG") or os.path.join(home, ".docker"), "config.json")
    if environment.get("XDG_RUNTIME_DIR"):
        yield os.path.join(environment["XDG_RUNTIME_DIR"], "containers", "auth.json")
    yield os.path.join(environment.get("XDG_CONFIG_HOME") or os.path.join(home, ".config"), "containers", "auth.json")


def _in_file(path: str, host: str, repository: str) -> Credentials | None:
    file = _read(path)
    if file is None:
        return None
    helper = (file.helpers or {}).get(host, "")
    if helper:
        return _ask_helper(helper, host, path)
    stated = _entry(file.auths or {}, host, repository)
    if stated is not None and (stated.auth or stated.username or stated.identitytoken or stated.registrytoken):
        return _credentials(stated, path)
    if file.creds_store:
        try:
            return _ask_helper(file.creds_store, host, path)
        except ConfigurationError:
            return None  # a store for all hosts, copied from another machine: what is public can still be pulled
    return None


def _read(path: str) -> _File | None:
    try:
        with open(path, "rb") as stream:
            data = stream.read(_FILE_BYTES)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise ConfigurationError(f"the logins in {path} cannot be read: {error.strerror}") from None
    try:
        return msgspec.json.decode(data, type=_File) if data.strip() else None
    except UNDECODABLE as error:
        raise ConfigurationError(f"the logins in {path} cannot be read: {error}") from None


def _entry(auths: Mapping[str, _Entry | None], host: str, repository: str) -> _Entry | None:
    """The entry for the longest part of the name (podman keeps logins per folder, containers-auth.json(5))."""
    by_name = {_bare(name): entry for name, entry in auths.items()}
    name = f"{host}/{repository}"
    while name:
        if by_name.get(name) is not None:
            return by_name[name]
        name = name.rpartition("/")[0]
    return None


def _bare(name: str) -> str:
    """A name as docker writes it, without scheme and version of the interface."""
    rest = name.partition("://")[2] or name
    return re.sub(r"/v[12]/?$", "", rest).rstrip("/")


def _credentials(entry: _Entry, path: str) -> Credentials:
    username, password = entry.username, entry.password
    if entry.auth:
        try:
            username, _, password = base64.b64decode(entry.auth).decode().rstrip("\0").partition(":")
        except ValueError:
            raise ConfigurationError(f"a login in {path} is no base64") from None
    return Credentials(username, password, entry.identitytoken, entry.registrytoken)


def _ask_helper(name: str, host: str, path: str) -> Credentials:
    """Ask ``docker-credential-NAME get``; it knows nothing when it ends with an error about that."""
    import subprocess  # noqa: PLC0415 - only where a login file names a program; no shell is involved

    if not _HELPER.fullmatch(name):
        raise ConfigurationError(f"{path} names a program that is none: {name[:100]!r}")
    program = f"docker-credential-{name}"
    try:
        ran = subprocess.run(  # noqa: S603 - the user's own file names it, and its name was checked
            [program, "get"], input=host.encode(), capture_output=True, timeout=_HELPER_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        said = error.strerror if isinstance(error, OSError) else f"no answer in {_HELPER_SECONDS} seconds"
        raise ConfigurationError(f"{path} names {program}, which cannot be asked: {said}") from None
    if ran.returncode:
        if b"not found" in ran.stdout + ran.stderr:
            return Credentials()
        said = (ran.stdout or ran.stderr).decode("utf-8", "replace").strip()[:200]
        raise ConfigurationError(f"{program} gives no login for {host}: {said}")
    try:
        given = msgspec.json.decode(ran.stdout, type=_Given)
    except UNDECODABLE:
        raise ConfigurationError(f"{program} gives no login for {host} but something else") from None
    if given.username == _TOKEN_NAME:
        return Credentials(token=given.secret)
    return Credentials(given.username, given.secret)
