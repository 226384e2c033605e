"""Runs the story: python -m bench.life [--screens DIR] [--without PART]."""

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from typing import Final

from bench.life import breaks
from bench.life.console import FailedError
from bench.life.steps import build, deploy, drift, know, learn, push, reach, serve, show, verify
from bench.life.storm import Storm
from bench.life.world import World

STEPS: Final[dict[str, Callable[[World], str]]] = {
    "serve": serve.serve,
    "build": build.build,
    "push": push.push,
    "deploy": deploy.deploy,
    "know": know.know,
    "drift": drift.drift,
    "learn": learn.learn,
    "reach": reach.reach,
    "show": show.show,
    "verify": verify.verify,
}


def main() -> int:
    """Run every step, or say at which one the story ended."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--screens", default="", metavar="DIR", help="where pictures of the console go")
    words.add_argument("--without", default="", choices=["", *breaks.BREAKS], help="what is broken on purpose")
    words.add_argument("--storm", action="store_true", help="kill every process at random moments, ten times each")
    words.add_argument("--keep", action="store_true", help="leave the folder as it is")
    asked = words.parse_args()
    if asked.screens:
        os.makedirs(asked.screens, exist_ok=True)
    home = tempfile.mkdtemp(prefix="oakum-life-", dir="/tmp")  # short: a socket's path has a limit
    world = World(home, os.path.abspath(asked.screens) if asked.screens else "", asked.without)
    world.patient = asked.storm
    try:
        return _tell(world)
    finally:
        world.end()
        if asked.keep:
            print(f"left in {home}")
        else:
            shutil.rmtree(home, ignore_errors=True)


def _tell(world: World) -> int:
    storm = Storm(world) if world.patient else None
    for number, (name, step) in enumerate(STEPS.items(), 1):
        began = time.monotonic()
        try:
            breaks.before(world, name)
            if storm:
                _weather(storm, name)
            said = step(world)
        except FailedError as failed:
            print(f"{number:2} {name:7} FAILED {time.monotonic() - began:6.2f} s  {failed}", flush=True)
            return 1
        print(f"{number:2} {name:7} {time.monotonic() - began:6.2f} s  {said}", flush=True)
    return 0


def _weather(storm: Storm, name: str) -> None:
    """It storms from the first build on; the last two steps look at what is left."""
    if name == "build":
        storm.begin()
    elif name == "show":
        print(f"   storm            {storm.end()}", flush=True)
    storm.step(name)


if __name__ == "__main__":
    sys.exit(main())
