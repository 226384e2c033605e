"""The parser: the process of a scan that touches hostile bytes.

It is started with an empty environment and gets its request on standard input. Before it opens the target or
starts a thread it is confined for good: from then on it reads the target and its own modules, writes nothing but
its answer on standard output, and has no network. All that loads before is ours.
"""

import gc
import os
import sys
import threading
from typing import Final, NoReturn

from oakum.kit import lean  # noqa: F401 - it has to come before msgspec

# isort: split
import msgspec

from oakum.flows.read_artifact import plugins, read_artifact
from oakum.kit import frames
from oakum.kit.confine import confine
from oakum.kit.errors import OakumError
from oakum.model.confinement import Confinement
from oakum.model.reading import Failed, Known, Message, Request
from oakum.sources.opener import OPENERS

_TURN: Final = 0.0005
"""Seconds until a thread gives way that walks, so that the other may go on to unpack; a tenth of what is usual."""


def main() -> None:
    """Read one artifact for the parent that started this process."""
    sys.setswitchinterval(_TURN)
    gc.disable()  # facts hold no cycles, and a collection in the middle of a layer stops every thread
    encoder = msgspec.msgpack.Encoder()
    lock = threading.Lock()

    def say(message: Message) -> None:
        data = encoder.encode(message)
        with lock:
            frames.send(1, data)

    try:
        index = plugins()
        asked = frames.receive(0)
        if asked is not None:  # else the parent needed no parser after all
            request = msgspec.msgpack.decode(asked, type=Request)
            read_artifact(request, say, _hear, _confined(request), index)
    except OakumError as error:
        say(Failed(type(error).__name__, str(error), error.hint))
    except BrokenPipeError:
        os._exit(1)  # the parent has gone: nobody is there to tell
    except OSError as error:
        say(Failed("UnreadableError", f"the target cannot be read: {error.strerror or error}"))
    except Exception as error:  # noqa: BLE001 - the parent says that this is a bug, instead of starting us again
        say(Failed("OakumError", f"this is a bug of ours in the parser ({type(error).__name__}: {error})"[:500]))


def _confined(request: Request) -> Confinement:
    """Confine this process to what the request needs; say what held."""
    places = OPENERS.load(request.target.opener).places(request.target)
    held = confine(places, {request.journal, request.room, *request.spills, *request.feeds, request.target.descriptor})
    network = "none" if held.seccomp else "no-tcp" if held.tcp else "open"
    return Confinement(held.landlock, held.seccomp, network, held.weaknesses)


def _hear() -> Known:
    known = msgspec.msgpack.decode(frames.receive(0) or _end(), type=Known)
    threading.Thread(target=_watch, daemon=True).start()
    return known


def _watch() -> None:
    """End when the parent does, however it ended: it says nothing more, so what comes is the end of the pipe."""
    os.read(0, 1)
    _end()


def _end() -> NoReturn:
    os._exit(1)


if __name__ == "__main__":
    main()
    sys.stdout.flush()
