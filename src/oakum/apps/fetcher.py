"""The fetcher: the process of a scan that has the network and parses nothing.

``python -m oakum.apps.fetcher ENGINE CERTIFICATES PATH DESCRIPTOR`` copies the answer's body to the
descriptor. What goes wrong is one line on standard output, and an exit code of 69.
"""

import http.client
import os
import sys

from oakum.kit.engine_http import engine_connection
from oakum.kit.errors import OakumError

_OK = 200
_UNAVAILABLE = 69
_PIECE = 1 << 20


def main(words: list[str]) -> int:
    """Fetch one body; give the exit code."""
    engine, certificates, path, descriptor = *words[:3], int(words[3])
    try:
        connection = engine_connection(engine, certificates)
    except OakumError as error:
        return _say(str(error))
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        if answer.status != _OK:
            return _say(f"the engine answers {answer.status}")
        while piece := answer.read(_PIECE):
            view = memoryview(piece)
            while view:
                view = view[_write(descriptor, view) :]
    except OSError as error:
        return _say(error.strerror or str(error) or type(error).__name__)
    except http.client.HTTPException as error:
        return _say(f"the engine broke off ({type(error).__name__})")
    finally:
        connection.close()
    return 0


def _write(descriptor: int, data: memoryview) -> int:
    try:
        return os.write(descriptor, data)
    except OSError as error:
        folder = os.path.dirname(os.readlink(f"/proc/self/fd/{descriptor}"))
        raise OSError(error.errno, f"it does not fit into {folder} ({error.strerror})") from None


def _say(reason: str) -> int:
    sys.stdout.write(reason + "\n")
    return _UNAVAILABLE


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
