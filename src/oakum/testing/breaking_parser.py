"""The parser with a wire in it: catalogers hang, die or fail on files that say so."""

import os
import runpy
import signal
import time
from collections.abc import Iterator

from msgspec import structs

from oakum.facts.cataloger import CATALOGERS, Cataloger
from oakum.facts.files import Files
from oakum.model.fact import Fact

HANG, DIE, FAIL = b"please hang", b"please die", b"please fail"
"""What a file must hold for the cataloger that reads it to hang, to be killed, or to fail with an error of its own."""


def breaking(plugin: Cataloger) -> Cataloger:
    """The cataloger with the wire in it."""

    def read(files: Files) -> Iterator[Fact]:
        for file in files.every():
            _break(file.data)
        return plugin.read(files)

    return structs.replace(plugin, read=read)


def _break(data: bytes) -> None:
    if HANG in data:
        time.sleep(3600)
    if DIE in data:
        os.kill(os.getpid(), signal.SIGKILL)
    if FAIL in data:
        raise MemoryError


if __name__ == "__main__":
    load = CATALOGERS.load
    vars(CATALOGERS)["load"] = lambda plugin_id: breaking(load(plugin_id))
    runpy.run_module("oakum.apps.parser", run_name="__main__")
