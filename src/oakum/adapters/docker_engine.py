"""The Docker Engine API at a Unix socket or over TLS, by the standard library alone.

Small answers are asked for here; an image's bytes are fetched by a process of its own
(``apps/fetcher``), which parses nothing, into an unnamed file.
"""

import os
import time
from collections.abc import Callable
from typing import Final, TypeVar

import msgspec
from msgspec import Struct

from oakum.kit import process
from oakum.kit.decoding import UNDECODABLE
from oakum.kit.errors import NotPermittedError, OakumError, TryLaterError, UnreadableError
from oakum.kit.limits import MIB, SCAN_SECONDS
from oakum.ports.engines import HeldImage

_ANSWER_BYTES: Final = 64 * MIB
_REASON_BYTES: Final = 4096
_OK, _NOT_FOUND = 200, 404
_TELL_SECONDS: Final = 0.5
_PICKS_FROM: Final = (1, 48)

T = TypeVar("T")


class _Summary(Struct, rename="pascal"):
    """An image of ``GET /images/json``."""

    id: str
    repo_tags: list[str] | None = None
    size: int = 0
    created: int = 0


class _Inspected(Struct, rename="pascal"):
    """An image of ``GET /images/NAME/json``."""

    id: str
    repo_tags: list[str] | None = None
    size: int = 0


class _Info(Struct, rename={"id": "ID"}):
    """What ``GET /info`` says of the engine."""

    id: str = ""


class _Version(Struct, rename="pascal"):
    """What ``GET /version`` says of the engine."""

    api_version: str = ""


class Spoken(Struct, frozen=True):
    """Who speaks Docker's API at an address.

    Attributes:
        host: ``unix:///var/run/docker.sock`` or whatever the variable says.
        title: how people call it.
        variable: by which its address is chosen.
        command: of its command line.
        certificates: folder of ``ca.pem``, ``cert.pem`` and ``key.pem`` where it is asked over TLS, or empty.
    """

    host: str
    title: str = "the Docker engine"
    variable: str = "DOCKER_HOST"
    command: str = "docker"
    certificates: str = ""


class DockerEngine:
    """Implements ``ports.engines.Engine``; podman speaks the same API.

    Args:
        spoken: who is asked.
        fetcher: the program that fetches.
        room: gives the descriptor of an empty unnamed file.
    """

    def __init__(self, spoken: Spoken, fetcher: str, room: Callable[[], int]) -> None:
        """Nothing is asked yet."""
        self._spoken = spoken
        self._host = spoken.host
        self.title = spoken.title
        self._fetcher = fetcher
        self._room = room

    def here(self) -> bool:
        """Whether its socket is there; one on another machine is believed to be."""
        return os.path.exists(self._host.removeprefix("unix://")) or not self._host.startswith("unix://")

    def images(self) -> tuple[HeldImage, ...]:
        """All images that have a tag, the newest first."""
        engine = self._ask("/info", _Info).id
        found = sorted(self._ask("/images/json", list[_Summary]), key=lambda image: -image.created)
        tagged = [(image, tuple(tag for tag in image.repo_tags or () if tag != "<none>:<none>")) for image in found]
        return tuple(HeldImage(engine, image.id, tags, image.size) for image, tags in tagged if tags)

    def image(self, name: str) -> HeldImage:
        """One image by tag or id."""
        missing = f"{self.title} has no image {name!r}"
        image = self._ask(f"/images/{_quoted(name)}/json", _Inspected, missing)
        return HeldImage(self._ask("/info", _Info).id, image.id, tuple(image.repo_tags or ()), image.size)

    def save(self, image: HeldImage, platform: str, told: Callable[[int], None]) -> int:
        """The image as ``docker save`` writes it, in an unnamed file."""
        descriptor = self._room()
        name = _quoted(image.names[0] if image.names else image.id)
        path = f"/images/{name}/get{self._picked(platform)}"
        words = (self._host, self._spoken.certificates, path, str(descriptor))
        helper = process.start(self._fetcher, words, keep=(descriptor,))
        until = time.monotonic() + SCAN_SECONDS
        try:
            while (code := helper.wait(_TELL_SECONDS)) is None and time.monotonic() < until:
                told(os.fstat(descriptor).st_size)
            said = os.read(helper.output, _REASON_BYTES).decode("utf-8", "replace").strip() if code else ""
        finally:
            helper.end()
        if code != 0:
            os.close(descriptor)
            raise TryLaterError(f"the image could not be fetched from {self.title}: {said or 'the fetcher ended'}")
        return descriptor

    def _picked(self, platform: str) -> str:
        """The query that picks a platform, from version 1.48 of the API on; older engines hold one for each name."""
        if platform in {"", "all"} or self._spoken.command != "docker":
            return ""
        version = tuple(int(part) for part in self._ask("/version", _Version).api_version.split(".") if part.isdigit())
        if version < _PICKS_FROM:
            return ""
        names = ("os", "architecture", "variant")
        words = dict(zip(names, platform.partition("@")[0].split("/"), strict=False))
        return "?platform=" + _quoted(msgspec.json.encode(words).decode())

    def _ask(self, path: str, shape: type[T], missing: str = "") -> T:
        from http.client import HTTPException  # noqa: PLC0415 - most scans ask no engine, and this costs 20 ms

        from oakum.kit.engine_http import engine_connection  # noqa: PLC0415 - as above

        try:
            connection = engine_connection(self._host, self._spoken.certificates)
        except OakumError as error:
            raise type(error)(f"{self._spoken.variable}={self._host}: {error}", error.hint) from None
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            body = answer.read(_ANSWER_BYTES)
        except PermissionError:
            hint = "become a member of its group or use sudo"
            raise NotPermittedError(f"{self.title} at {self._host} may not be asked", hint=hint) from None
        except (OSError, HTTPException) as error:
            hint = "is it running? a saved image needs none: docker-archive:FILE"
            none = "no " + self.title.removeprefix("the ")
            raise TryLaterError(f"{none} answers at {self._host}: {_said(error)}", hint=hint) from None
        finally:
            connection.close()
        if missing and answer.status == _NOT_FOUND:
            raise UnreadableError(missing, hint=f"{self._spoken.command} images lists those that are there")
        return _decoded(answer.status, body, shape, self.title)


def _said(error: Exception) -> str:
    """What the system says, without its number."""
    return (isinstance(error, OSError) and error.strerror) or str(error)


def _quoted(name: str) -> str:
    from urllib.parse import quote  # noqa: PLC0415 - as for http.client

    return quote(name, safe="/:@")


def _decoded(status: int, body: bytes, shape: type[T], title: str) -> T:
    if status != _OK:
        raise TryLaterError(f"{title} answers {status}: {body[:200].decode('utf-8', 'replace').strip()}")
    try:
        return msgspec.json.decode(body, type=shape)
    except UNDECODABLE as error:
        raise TryLaterError(f"the answer of {title} cannot be read: {error}") from None
