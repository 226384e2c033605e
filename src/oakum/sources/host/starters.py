"""Who asked for a container: the name in the client's certificate, or whoever was connected when it was made.

The certificate's name is what ``oakum docker-authz`` hands over: the engine tells it alone. Else whoever is connected
to the engine's socket while a container is made asked for it, as far as all who are connected are the same
person; where they are not, nobody knows.
"""

import os
import re
from collections.abc import Callable, Collection
from typing import Final

from oakum.sources.host.engine_clients import Client, clients

FOLDER: Final = "/run/oakum/started"
"""Where the authorization plug-in puts names, by container."""

_ID: Final = re.compile(r"[0-9a-f]{64}")
_NAME_BYTES: Final = 300
_FILES: Final = 10_000


class Starters:
    """Implements ``flows.guard_host.Ports.starter``.

    Args:
        socket: path of the engine's socket.
        folder: where names are put.
        connected: gives who is connected to a socket.
    """

    def __init__(
        self, socket: str, folder: str = FOLDER, connected: Callable[[str], Collection[Client]] = clients
    ) -> None:
        """Whoever is connected already asked for nothing yet."""
        self._socket, self._folder, self._connected = socket, folder, connected
        self._standing = {one.pid for one in connected(socket)}

    def __call__(self, container: str, making: bool) -> str:  # noqa: FBT001 - as the port has it
        """Who asked for a container, or empty where nobody knows."""
        name = handed_over(container, self._folder)
        if name or not making:
            return name
        seen = self._connected(self._socket)
        fresh = {one.name for one in seen if one.pid not in self._standing} or {one.name for one in seen}
        return fresh.pop() if len(fresh) == 1 else ""


def hand_over(container: str, name: str, folder: str = FOLDER) -> None:
    """Put down who asked for a container; whatever is wrong with the place, nothing is worse than not knowing."""
    if not _ID.fullmatch(container) or not name:
        return
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        if len(os.listdir(folder)) < _FILES or _make_room(folder):
            path = os.path.join(folder, container)
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(name.encode("utf-8", "replace")[:_NAME_BYTES])
    except OSError:
        return


def _make_room(folder: str) -> bool:
    """Remove the older half: containers are asked about when they are made."""
    paths = sorted((os.path.join(folder, name) for name in os.listdir(folder)), key=os.path.getmtime)
    for path in paths[: len(paths) // 2]:
        os.unlink(path)
    return True


def handed_over(container: str, folder: str = FOLDER) -> str:
    """Who asked for a container, as it was put down; empty where nothing was."""
    if not _ID.fullmatch(container):
        return ""
    try:
        descriptor = os.open(os.path.join(folder, container), os.O_RDONLY | os.O_NOFOLLOW)
        with os.fdopen(descriptor, "rb") as file:
            return file.read(_NAME_BYTES).decode("utf-8", "replace")
    except OSError:
        return ""
