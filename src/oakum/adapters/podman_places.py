"""Where podman can be asked: at the socket of its service, or by its command line."""

import os
import socket
from collections.abc import Callable, Mapping

from oakum.adapters.docker_engine import DockerEngine, Spoken
from oakum.adapters.podman_program import PodmanProgram
from oakum.ports.engines import Engine

_OF_ROOT = "/run/podman/podman.sock"


def podman_engine(environment: Mapping[str, str], fetcher: str, room: Callable[[], int]) -> Engine:
    """Podman, the way it can be asked here.

    Args:
        environment: ``CONTAINER_HOST`` names a service; ``XDG_RUNTIME_DIR`` holds the user's own.
        fetcher: the program that fetches from a socket.
        room: gives the descriptor of an empty unnamed file.
    """
    host = environment.get("CONTAINER_HOST", "")
    for path in () if host else _sockets(environment):
        if _listens(path):
            host = f"unix://{path}"
            break
    if host:
        return DockerEngine(Spoken(host, "podman", "CONTAINER_HOST", "podman"), fetcher, room)
    return PodmanProgram(room)


def _sockets(environment: Mapping[str, str]) -> list[str]:
    """The user's own images are meant, not those of root, whoever may ask there."""
    folder = environment.get("XDG_RUNTIME_DIR", "")
    own = [os.path.join(folder, "podman", "podman.sock")] if folder else []
    return own if os.geteuid() else [_OF_ROOT, *own]


def _listens(path: str) -> bool:
    """Whether somebody answers: the file alone stays when a service ends."""
    try:
        with socket.socket(socket.AF_UNIX) as tried:
            tried.connect(path)
    except OSError:
        return False
    return True
