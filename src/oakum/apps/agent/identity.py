"""Who the agent speaks for: an id that stays the same, and what is known of the host."""

import os
import platform
import uuid
from typing import Final

from oakum.kit.errors import NotPermittedError, OakumError
from oakum.model.fleet import Host
from oakum.ports.container_engine import ContainerEngine
from oakum.sources.kernel.probe import PARTS
from oakum.sources.kernel.sensor import Sensor

_ID: Final = "host-id"


def host_id(state: str) -> str:
    """The id of this host, made the first time.

    Raises:
        NotPermittedError: the state folder cannot be written.
    """
    path = os.path.join(state, _ID)
    try:
        os.makedirs(state, mode=0o700, exist_ok=True)
        if not os.path.exists(path):
            with open(f"{path}.new", "w", encoding="ascii") as file:
                file.write(uuid.uuid4().hex)
                file.flush()
                os.fsync(file.fileno())
            os.replace(f"{path}.new", path)
        with open(path, encoding="ascii") as file:
            return file.read(100).strip()
    except (OSError, UnicodeDecodeError) as error:
        raise NotPermittedError(f"{state} cannot be used: {error}", "--state names another folder") from None


def describe(id_: str, engine: ContainerEngine, sensor: Sensor | None, blind: tuple[str, ...]) -> Host:
    """The host as the server is to know it: what is seen and how, and what is not."""
    try:
        about = engine.about()
    except OakumError:
        about = ""
    sees = {sight.part: "ebpf" for sight in sensor.sights if sight.works} if sensor else {"program": "files"}
    missing = [f"{sight.part}: {sight.why}" for sight in sensor.sights if not sight.works] if sensor else []
    limits = [f"{part} does not show {PARTS[part].misses}" for part in sees if part in PARTS]
    return Host(id_, platform.node(), platform.release(), about, sees, (*blind, *missing, *limits))
