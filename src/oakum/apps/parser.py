"""The parser: the process of a scan that touches hostile bytes.

It is started with an empty environment and gets its request on standard input. It forks into as many processes as
may read layers at a time: its words are the descriptors on which the further ones speak. Before a process opens the
target or starts a thread it is confined for good: from then on it reads the target and its own modules, writes nothing
but its answer on standard output, and has no network. All that loads before is ours.
"""

import gc
import os
import sys
import threading
from collections.abc import Mapping, Sequence
from typing import NoReturn

from oakum.kit import lean  # noqa: F401 - it has to come before msgspec

# isort: split
import msgspec

from oakum.flows.read_artifact import plugins, read_artifact, read_with_others
from oakum.kit import frames
from oakum.kit.confine import confine
from oakum.kit.crew import Crew, muster
from oakum.kit.errors import OakumError
from oakum.kit.plugin import Entry
from oakum.model.confinement import Confinement
from oakum.model.reading import Failed, Finished, Known, Message, Order, Request
from oakum.sources.opener import OPENERS


def main() -> None:
    """Read one artifact for the parent that started this process."""
    gc.disable()  # facts hold no cycles, and a collection in the middle of a layer stops every thread
    try:
        index = plugins()
        crew = _muster([int(word) for word in sys.argv[1:]])
        asked = crew.hear() if crew.slot else frames.receive(0)
        if asked is None:  # there is nothing to do after all
            _say(Finished())
        elif crew.slot:
            _help(msgspec.msgpack.decode(asked, type=Request), index, crew)
        else:
            crew.tell(asked)  # while nobody can have changed it
            request = msgspec.msgpack.decode(asked, type=Request)
            read_artifact(request, _say, _hear, _confined(request, crew), index, crew)
    except OakumError as error:
        _say(Failed(type(error).__name__, str(error), error.hint))
    except BrokenPipeError:
        os._exit(1)  # the parent has gone: nobody is there to tell
    except OSError as error:
        _say(Failed("UnreadableError", f"the target cannot be read: {error.strerror or error}"))
    except Exception as error:  # noqa: BLE001 - the parent says that this is a bug, instead of starting us again
        _say(Failed("OakumError", f"this is a bug of ours in the parser ({type(error).__name__}: {error})"[:500]))


def _say(message: Message) -> None:
    frames.send(1, msgspec.msgpack.encode(message))


def _muster(outputs: Sequence[int]) -> Crew:
    """Fork the processes that share the work; for one that cannot be had it is said that it has done its part."""
    crew = muster(outputs)
    for slot in crew.missing:
        frames.send(outputs[slot - 1], msgspec.msgpack.encode(Finished()))
        os.close(outputs[slot - 1])
    return crew


def _help(request: Request, index: Mapping[str, Entry], crew: Crew) -> None:
    """Read with the leader of the crew what it has opened, or nothing where it needs no help."""
    ordered = crew.hear()
    if ordered is None:
        _say(Finished())
        return
    _confined(request, crew)
    _watch_parent()
    read_with_others(request, msgspec.msgpack.decode(ordered, type=Order), _say, index, crew)


def _confined(request: Request, crew: Crew) -> Confinement:
    """Confine this process to what the request needs; say what held."""
    places = OPENERS.load(request.target.opener).places(request.target)
    own = {request.spills[crew.slot], *request.feeds[crew.slot : crew.slot + 1]}
    held = confine(places, own | {request.journal, request.room, request.target.descriptor} | crew.descriptors)
    network = "none" if held.seccomp else "no-tcp" if held.tcp else "open"
    return Confinement(held.landlock, held.seccomp, network, held.weaknesses)


def _hear() -> Known:
    known = msgspec.msgpack.decode(frames.receive(0) or _end(), type=Known)
    _watch_parent()
    return known


def _watch_parent() -> None:
    threading.Thread(target=_watch, daemon=True).start()


def _watch() -> None:
    """End when the parent does, however it ended: it says nothing more, so what comes is the end of the pipe."""
    os.read(0, 1)
    _end()


def _end() -> NoReturn:
    os._exit(1)


if __name__ == "__main__":
    main()
    sys.stdout.flush()
