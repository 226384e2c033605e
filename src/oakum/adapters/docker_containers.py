"""The containers of a Docker engine, over its Unix socket."""

import json
from collections.abc import Iterator
from http.client import HTTPException
from typing import Any, Final, TypeVar
from urllib.parse import quote, urlencode

import msgspec
from msgspec import Struct, field

from oakum.kit.decoding import UNDECODABLE
from oakum.kit.errors import TryLaterError
from oakum.kit.limits import MIB
from oakum.kit.unix_http import UnixConnection
from oakum.model.engine_container import EngineContainer, EngineEvent, Layers
from oakum.model.fleet import Container

_ANSWER_BYTES: Final = 64 * MIB
_LINE_BYTES: Final = 1 * MIB
_OK, _NO_CONTENT, _NOT_FOUND, _CONFLICT = 200, 204, 404, 409
_NONE: Final = "0001-01-01"
"""Go's zero time, which Docker says for what did not happen."""
_STATES: Final = {"exited": "stopped", "dead": "stopped", "removing": "removed", "restarting": "running"}
T = TypeVar("T")


class _Version(Struct, frozen=True, rename="pascal"):
    version: str = ""


class _Listed(Struct, frozen=True, rename="pascal"):
    id: str


class _State(Struct, frozen=True, rename="pascal"):
    status: str = ""
    started_at: str = ""
    finished_at: str = ""


class _Config(Struct, frozen=True, rename="pascal"):
    image: str = ""
    user: str = ""
    labels: dict[str, str] | None = None


class _HostConfig(Struct, frozen=True, rename="pascal"):
    privileged: bool = False


class _Driver(Struct, frozen=True, rename="pascal"):
    name: str = ""
    data: dict[str, str] | None = None


class _Inspected(Struct, frozen=True, rename="pascal"):
    """A container of ``GET /containers/ID/json``; ``Image`` is the image's id there."""

    id: str
    name: str = ""
    image: str = ""
    created: str = ""
    state: _State = _State()
    config: _Config = field(default_factory=_Config)
    host_config: _HostConfig = _HostConfig()
    graph_driver: _Driver = field(default_factory=_Driver)


class DockerContainers:
    """Implements ``ports.container_engine.ContainerEngine``.

    Args:
        socket: path of the engine's socket.
    """

    def __init__(self, socket: str) -> None:
        """Nothing is asked yet."""
        self._socket = socket

    def about(self) -> str:
        """Name and version."""
        said = self._ask("GET", "/version", _Version)
        return f"docker {said.version}" if said else "docker"

    def ids(self) -> list[str]:
        """The ids of all containers."""
        return [one.id for one in self._ask("GET", "/containers/json?all=1", list[_Listed]) or []]

    def inspect(self, id_: str) -> EngineContainer | None:
        """One container."""
        said = self._ask("GET", f"/containers/{quote(id_, safe='')}/json", _Inspected)
        return None if said is None else EngineContainer(_container(said), _layers(said.graph_driver))

    def events(self) -> Iterator[EngineEvent]:
        """What happens to containers from now on."""
        filters = urlencode({"filters": json.dumps({"type": ["container"]})})
        connection = UnixConnection(self._socket)
        try:
            connection.request("GET", f"/events?{filters}")
            answer = connection.getresponse()
            if connection.sock is not None:
                connection.sock.settimeout(None)
            if answer.status != _OK:
                raise TryLaterError(f"the engine answers {answer.status}")
            while line := answer.readline(_LINE_BYTES):
                yield from _event(line)
        except (OSError, HTTPException) as error:
            raise TryLaterError(f"the engine does not answer: {error}") from None
        finally:
            connection.close()

    def pause(self, id_: str) -> bool:
        """Stop all processes of a container where they are."""
        status, _ = self._once("POST", f"/containers/{quote(id_, safe='')}/pause")
        return status in {_NO_CONTENT, _CONFLICT}

    def _ask(self, method: str, path: str, shape: type[T]) -> T | None:
        status, body = self._once(method, path)
        if status == _NOT_FOUND:
            return None
        if status != _OK:
            raise TryLaterError(f"the engine answers {status}")
        try:
            return msgspec.json.decode(body, type=shape)
        except UNDECODABLE as error:
            raise TryLaterError(f"the engine's answer cannot be read: {error}") from None

    def _once(self, method: str, path: str) -> tuple[int, bytes]:
        connection = UnixConnection(self._socket)
        try:
            connection.request(method, path)
            answer = connection.getresponse()
            return answer.status, answer.read(_ANSWER_BYTES)
        except (OSError, HTTPException) as error:
            raise TryLaterError(f"the engine does not answer: {error}") from None
        finally:
            connection.close()


def _container(said: _Inspected) -> Container:
    state = _STATES.get(said.state.status, said.state.status) or "created"
    return Container(
        id=said.id,
        host="",
        name=said.name.lstrip("/"),
        image=said.config.image,
        image_id=said.image,
        created=_time(said.created),
        started=_time(said.state.started_at),
        stopped="" if state in {"running", "paused", "created"} else _time(said.state.finished_at),
        state=state,
        privileged=said.host_config.privileged,
        user=said.config.user,
        labels=said.config.labels or {},
    )


def _time(text: str) -> str:
    return "" if text.startswith(_NONE) else text


def _layers(driver: _Driver) -> Layers:
    data = driver.data or {}
    if driver.name != "overlay2" or not data.get("UpperDir"):
        return Layers()
    return Layers(data["UpperDir"], tuple(part for part in data.get("LowerDir", "").split(":") if part))


def _event(line: bytes) -> Iterator[EngineEvent]:
    try:
        said: Any = json.loads(line)
        action, id_ = str(said["Action"]), str(said["Actor"]["ID"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return
    yield EngineEvent(action.partition(":")[0], id_)
