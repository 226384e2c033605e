"""What is broken on purpose, right before the step that depends on it."""

import glob
import os
import shutil
import signal
from collections.abc import Callable
from typing import Final

from bench.life.console import expect, oakum
from bench.life.world import World


def before(world: World, step: str) -> None:
    """Break what is to be broken before a step."""
    if world.without and BREAKS[world.without][0] == step:
        BREAKS[world.without][1](world)


def _remove_socket(world: World) -> None:
    world.stop("authz")
    if os.path.exists(world.plugin):
        os.unlink(world.plugin)


def _wait_for_push(world: World) -> None:
    """The step itself changes the layer, between the push and the first look of the watcher."""
    world.ask().send("PUT", "/registries", [{"host": world.registry, "every": 5, "plain_http": True}])


def corrupt(world: World) -> None:
    """Change a byte in the middle of every packed blob of the registry."""
    for path in glob.glob(f"{world.home}/registry/docker/registry/v2/blobs/sha256/*/*/data"):
        size = os.path.getsize(path)
        with open(path, "r+b") as file:
            if file.read(2) != b"\x1f\x8b":
                continue
            file.seek(size // 2)
            byte = file.read(1)
            file.seek(size // 2)
            file.write(bytes([byte[0] ^ 0xFF]))


def _remove_advisories(world: World) -> None:
    """A file takes the folder's place, so that nothing can be written there again."""
    shutil.rmtree(world.advisories)
    with open(world.advisories, "wb"):
        pass


def _revoke_token(world: World) -> None:
    expect(oakum("token", "revoke", "ci", "--state", world.state, **world.environment), 0, "oakum token revoke")


def _stop_reader(world: World) -> None:
    """Nobody reads the sensor's rings any more: its process stands still."""
    os.kill(world.pid("agent"), signal.SIGSTOP)


BREAKS: Final[dict[str, tuple[str, Callable[[World], None]]]] = {
    "authz": ("deploy", _remove_socket),
    "layer": ("push", _wait_for_push),
    "advisories": ("learn", _remove_advisories),
    "token": ("build", _revoke_token),
    "ring": ("drift", _stop_reader),
}
"""What can be missing: the step that depends on it, and how it is taken away."""
