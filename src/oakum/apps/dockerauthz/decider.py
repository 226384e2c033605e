"""The decider: answers the engine's questions from a mapped snapshot; without database and without network.

``python -m oakum.apps.dockerauthz.decider LISTENER SNAPSHOT ENGINE ENVIRONMENT STARTED``. It ends when its
supervisor does, since nobody would start it again.
"""

import gc
import os
import socket
import sys
import threading
from contextlib import suppress
from typing import Final, NoReturn

import msgspec

from oakum.apps.dockerauthz.exchange import serve_connection
from oakum.apps.wiring import clock, docker_objects, snapshots
from oakum.flows.admit_workload import Door
from oakum.flows.authorize_docker import asked_for, authorize_docker
from oakum.flows.kinds import EveryCriterion
from oakum.kit.decoding import UNDECODABLE
from oakum.kit.errors import OakumError
from oakum.model.docker_request import Answer, DockerRequest, DockerResponse
from oakum.model.subject import Placement
from oakum.ports.docker_objects import DockerObjects
from oakum.sources.host.starters import hand_over

_ACTIVATE: Final = b'{"Implements":["authz"]}'
_ALLOWED: Final = b'{"Allow":true}'
_LOST: Final = "oakum: the question was lost while oakum started anew; try again"
_IDLE_SECONDS: Final = 600
_CONNECTIONS: Final = 256

_CREATE: Final = b"/containers/create"

_decode = msgspec.json.Decoder(DockerRequest).decode
_decode_response = msgspec.json.Decoder(DockerResponse).decode
_encode = msgspec.json.Encoder().encode


class Decider:
    """Answers one exchange at a time for each connection."""

    def __init__(self, door: Door, objects: DockerObjects, started: str) -> None:
        """Everything is loaded before the first question."""
        self._door = door
        self._objects = objects
        self._started = started

    def __call__(self, path: str, body: bytes) -> bytes:
        """The answer to an exchange: what cannot be judged is refused."""
        if path == "/Plugin.Activate":
            return _ACTIVATE
        if path == "/AuthZPlugin.AuthZRes":
            self._note(body)
            return _ALLOWED  # the call was judged before the engine did it
        if path != "/AuthZPlugin.AuthZReq":
            return _encode(Answer(allow=False, error=f"oakum does not know {path[:80]}"))
        return _encode(self._answer(body))

    def _answer(self, body: bytes) -> Answer:
        """The engine shows people the message of a refusal, and nothing else of it."""
        if not body:  # it asks once more what it asked a plug-in that has died, and forgets the question by that
            return Answer(allow=False, message=_LOST)
        try:
            return authorize_docker(_decode(body), self._door, self._objects)
        except OakumError as error:
            said = str(error)
        except UNDECODABLE as error:
            said = f"the engine's question cannot be read: {error}"
        except Exception as error:  # noqa: BLE001 - whatever is wrong with us, nothing starts by it
            said = f"this is a bug of ours ({type(error).__name__})"
        return Answer(allow=False, message=f"oakum: {said}")

    def _note(self, body: bytes) -> None:
        """Put down who asked for a container that was made: the engine tells it to nobody else."""
        if _CREATE in body:
            with suppress(*UNDECODABLE):
                hand_over(*asked_for(_decode_response(body)), self._started)


def main(words: list[str]) -> NoReturn:
    """Answer until the supervisor ends."""
    listener = socket.socket(fileno=int(words[0]))
    door = Door(snapshots(words[1]), EveryCriterion(), clock(), Placement(environment=words[3]))
    door.prepare()
    decider = Decider(door, docker_objects(words[2]), words[4])
    threading.Thread(target=_end_with_supervisor, daemon=True).start()
    room = threading.BoundedSemaphore(_CONNECTIONS)
    gc.collect()
    gc.freeze()  # a full collection in the middle of an answer would take longer than the answer
    while True:
        connection, _ = listener.accept()
        connection.settimeout(_IDLE_SECONDS)
        room.acquire()  # further calls wait in the socket's queue
        threading.Thread(target=_serve, args=(connection, decider, room), daemon=True).start()


def _serve(connection: socket.socket, decider: Decider, room: threading.BoundedSemaphore) -> None:
    try:
        serve_connection(connection, decider)
    finally:
        room.release()


def _end_with_supervisor() -> None:
    """Nothing is ever said on standard input: what comes is its end."""
    os.read(0, 1)
    os._exit(0)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except Exception as error:  # noqa: BLE001 - the supervisor tells why, and starts another
        os.write(1, f"{type(error).__name__}: {error}"[:300].encode("utf-8", "replace"))
        sys.exit(1)
