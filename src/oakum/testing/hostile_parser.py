"""The parser, taken over: a file that says ``attack NAME WORD`` makes its cataloger attack.

What gets through is seen as a package named ``breach``; what is refused is a gap, as any failure of a cataloger is.
"""

import mmap
import os
import runpy
import time
from collections.abc import Iterator

import msgspec
from msgspec import structs

from oakum.facts.cataloger import CATALOGERS, Cataloger
from oakum.facts.files import Files
from oakum.kit import frames
from oakum.model.fact import Fact, Package
from oakum.model.layer_facts import LayerFacts, Outcome
from oakum.model.reading import LayerRead
from oakum.testing.attacks import DEADLY, REFUSED

ATTACK = b"attack "
"""What such a file begins with."""

_SECONDS = 60
_LEADER = os.getpid()
_meeting = mmap.mmap(-1, 2)  # which the processes of a crew share


def hostile(plugin: Cataloger) -> Cataloger:
    """The cataloger that obeys what such a file says."""

    def read(files: Files) -> Iterator[Fact]:
        for file in files.every():
            if file.data.startswith(ATTACK):
                yield from _obey(file.data.decode().split())
                return
        yield from plugin.read(files)

    return structs.replace(plugin, read=read)


def _obey(words: list[str]) -> Iterator[Fact]:
    name, word = (*words, "")[1:3]
    if name == "meet":  # so that both processes read a layer each
        yield Package("npm", _meet(), "1", "met")
    elif name == "forge":
        _forge(*word.split(","))
    else:
        {**REFUSED, **DEADLY}[name](word)
        yield Package("npm", "breach", name, "breach")


def _meet() -> str:
    """Wait for the other process; say which this one is."""
    leads = os.getpid() == _LEADER
    _meeting[0 if leads else 1] = 1
    until = time.monotonic() + _SECONDS
    while not (_meeting[0] and _meeting[1]) and time.monotonic() < until:
        time.sleep(0.001)
    return "main" if leads else "pool"


def _forge(part: str, digest: str, plugin: str, version: str) -> None:
    """Say of a layer what was not read of it."""
    package = Package("npm", "forged", "1", "node_modules/forged/package.json")
    outcomes = (Outcome(plugin, int(version), (package,)),)
    frames.send(1, msgspec.msgpack.encode(LayerRead(int(part), digest, LayerFacts(outcomes=outcomes))))


if __name__ == "__main__":
    load = CATALOGERS.load
    vars(CATALOGERS)["load"] = lambda plugin_id: hostile(load(plugin_id))
    runpy.run_module("oakum.apps.parser", run_name="__main__")
