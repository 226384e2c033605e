"""Hands each question to the decider, and again to the next one when that ends before it has answered.

The engine itself would ask anew only after a second, and without the question: it has read that away.
"""

import socket
import threading
from typing import Final

from oakum.apps.dockerauthz.exchange import RefusedError, ask, serve_connection

_TIMES: Final = 3
_SECONDS: Final = 10
_IDLE_SECONDS: Final = 600
_CONNECTIONS: Final = 256

_UNANSWERED: Final = b'{"Allow":false,"Msg":"oakum: the decider does not answer; `oakum docker-authz` says why"}'


class Relay:
    """What one connection of the engine is answered with.

    Args:
        decider: path of the socket that deciders listen at.
    """

    def __init__(self, decider: str) -> None:
        """Nothing is connected before the first question."""
        self._decider = decider
        self._connection: socket.socket | None = None

    def __call__(self, path: str, body: bytes) -> bytes:
        """The decider's answer; a refusal where none comes, whatever the reason is."""
        for _ in range(_TIMES):
            try:
                return ask(self._connected(), path, body)
            except (OSError, RefusedError, ValueError):
                self.close()
        return _UNANSWERED

    def close(self) -> None:
        """Leave the decider."""
        if self._connection is not None:
            self._connection.close()
        self._connection = None

    def _connected(self) -> socket.socket:
        """While a decider starts, the connection waits in its queue."""
        if self._connection is None:
            self._connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            self._connection.settimeout(_SECONDS)
            self._connection.connect(self._decider)
        return self._connection


def relay(listener: socket.socket, decider: str) -> None:
    """Serve every connection of the engine for as long as the process lives."""
    room = threading.BoundedSemaphore(_CONNECTIONS)
    while True:
        room.acquire()  # further calls wait in the socket's queue
        connection, _ = listener.accept()
        connection.settimeout(_IDLE_SECONDS)
        threading.Thread(target=_serve, args=(connection, Relay(decider), room), daemon=True).start()


def _serve(connection: socket.socket, answer: Relay, room: threading.BoundedSemaphore) -> None:
    try:
        serve_connection(connection, answer)
    finally:
        answer.close()
        room.release()
