"""The objects of a Docker engine, asked for one by one over its Unix socket."""

from http.client import HTTPException
from typing import Any, Final, TypeVar
from urllib.parse import quote

import msgspec
from msgspec import Struct

from oakum.kit.decoding import UNDECODABLE
from oakum.kit.errors import TryLaterError
from oakum.kit.limits import MIB
from oakum.kit.unix_http import UnixConnection
from oakum.model.docker_spec import docker_spec
from oakum.model.workload import ContainerSpec

_ANSWER_BYTES: Final = 4 * MIB
_OK, _NOT_FOUND = 200, 404
_DEPTH: Final = 10

T = TypeVar("T")


class _Image(Struct, frozen=True, rename="pascal"):
    """An image of ``GET /images/NAME/json``."""

    id: str


class _Container(Struct, frozen=True, rename="pascal"):
    """A container of ``GET /containers/NAME/json``; ``Image`` is the image's id there."""

    name: str = ""
    image: str = ""
    config: dict[str, Any] = {}
    host_config: dict[str, Any] = {}


class _ProcessConfig(Struct, frozen=True, rename="camel"):
    privileged: bool = False


class _Exec(Struct, frozen=True, rename={"container": "ContainerID", "process": "ProcessConfig"}):
    """An exec instance of ``GET /exec/ID/json``."""

    container: str = ""
    process: _ProcessConfig = _ProcessConfig()


class EngineObjects:
    """Implements ``ports.docker_objects.DockerObjects``.

    Args:
        socket: path of the engine's socket.
    """

    def __init__(self, socket: str) -> None:
        """Nothing is asked yet."""
        self._socket = socket

    def image_id(self, name: str) -> str:
        """The id of an image."""
        found = self._ask(f"/images/{quote(name, safe='/:@')}/json", _Image)
        return found.id if found else ""

    def container(self, name: str) -> ContainerSpec | None:
        """What a container was created as."""
        found = self._ask(f"/containers/{quote(name, safe='')}/json", _Container)
        if found is None:
            return None
        config, host = _small(found.config), _small(found.host_config)
        spec = ContainerSpec(
            found.name.lstrip("/"),
            str(config.get("image") or ""),
            found.image,
            privileged=host.get("privileged") is True,
            user=str(config.get("user") or ""),
        )
        return docker_spec(spec, config, host)

    def exec_privileged(self, id_: str) -> tuple[str, bool] | None:
        """The container of an exec instance, and whether it is privileged."""
        found = self._ask(f"/exec/{quote(id_, safe='')}/json", _Exec)
        return (found.container, found.process.privileged) if found else None

    def _ask(self, path: str, shape: type[T]) -> T | None:
        connection = UnixConnection(self._socket)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            body = answer.read(_ANSWER_BYTES)
        except (OSError, HTTPException) as error:
            raise TryLaterError(f"the engine does not answer: {error}") from None
        finally:
            connection.close()
        if answer.status == _NOT_FOUND:
            return None
        if answer.status != _OK:
            raise TryLaterError(f"the engine answers {answer.status}")
        try:
            return msgspec.json.decode(body, type=shape)
        except UNDECODABLE as error:
            raise TryLaterError(f"the engine's answer cannot be read: {error}") from None


def _small(node: dict[str, Any], depth: int = 0) -> dict[str, Any]:
    """A node with all its keys in lower case."""
    return {key.lower(): _smaller(value, depth + 1) for key, value in node.items()} if depth < _DEPTH else {}


def _smaller(value: Any, depth: int) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, dict):
        return _small(value, depth)
    return [_smaller(one, depth) for one in value] if isinstance(value, list) else value
