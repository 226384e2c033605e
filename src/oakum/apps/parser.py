"""The parser: the process of a scan that touches hostile bytes.

It is started with an empty environment, gets its request on standard input, says what it
saw on standard output and writes nothing else.
"""

import gc
import os
import sys
import threading

import msgspec

from oakum.flows.read_artifact import read_artifact
from oakum.kit import frames
from oakum.kit.errors import OakumError
from oakum.model.reading import Failed, Known, Message, Request


def main() -> None:
    """Read one artifact for the parent that started this process."""
    gc.disable()  # facts hold no cycles, and a collection in the middle of a layer stops every thread
    encoder = msgspec.msgpack.Encoder()
    lock = threading.Lock()

    def say(message: Message) -> None:
        data = encoder.encode(message)
        with lock:
            frames.send(1, data)

    try:
        asked = frames.receive(0)
        if asked is not None:  # else the parent needed no parser after all
            read_artifact(msgspec.msgpack.decode(asked, type=Request), say, _hear)
    except OakumError as error:
        say(Failed(type(error).__name__, str(error), error.hint))
    except BrokenPipeError:
        os._exit(1)  # the parent has gone: nobody is there to tell


def _hear() -> Known:
    return msgspec.msgpack.decode(frames.receive(0) or b"", type=Known)


if __name__ == "__main__":
    main()
    sys.stdout.flush()
