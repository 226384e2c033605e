"""What the agent promises, in numbers: python -m bench.agent, as root, with dockerd and the sensor built.

A server, an engine and an agent run on this machine. From a start to its incident on the server; starts that are to be
killed and starts that are not, while another container keeps a processor busy; ten thousand starts and writes; what
server and agent cost, idle and then.
"""

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from statistics import quantiles
from typing import Any, Final

from bench.life import parts
from bench.life.console import expect, oakum, wait_for
from bench.life.steps.serve import serve
from bench.life.world import World

from oakum.testing.small_debian import make_root

_STARTS: Final = 100
_KILLS: Final = 200
_MANY: Final = 10_000
_TICKS: Final = os.sysconf("SC_CLK_TCK")
_OWN: Final = "/usr/bin/own"


def main() -> None:
    """Print the numbers."""
    print(f"load average at the start: {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory(prefix="oakum-agent-", dir="/tmp") as home, _world(home) as world:
        _say("idle", world, 10.0)
        _latency(world)
        with _busy(world):
            _kills(world)
        _many(world)


def _latency(world: World) -> None:
    """From the kernel's moment of a start to the moment at which the server opened its incident."""
    shop = _run(world, "shop")
    script = f"i=0; while [ $i -lt {_STARTS} ]; do cp /bin/true /tmp/t$i; /tmp/t$i; sleep 0.1; i=$((i+1)); done"
    expect(world.docker("exec", shop, "/bin/sh", "-c", script), 0, "docker exec")
    wait_for(lambda: len(_incidents(world, shop)) >= _STARTS, "an incident for each start", 60)
    opened = {one["target"]: one["at"] for one in _trail(world) if one["action"] == "incident.opened"}
    started = {one["text"].partition(":")[0]: one["at"] for one in _moments(world, shop) if one["kind"] == "exec"}
    times = [
        (_moment(opened[one["id"]]) - _moment(started[one["changes"][0]["path"]])) * 1e3
        for one in _incidents(world, shop)
        if one["changes"][0]["path"] in started
    ]
    cut = quantiles(times, n=100)
    print(f"start -> incident on the server, {len(times)} starts: p50 {cut[49]:.0f} ms, p99 {cut[98]:.0f} ms")
    expect(world.docker("rm", "-f", shop), 0, "docker rm")


def _kills(world: World) -> None:
    """Foreign programs die, and the image's own after chmod live."""
    guarded = _run(world, "guarded", "--label", "response=kill")
    foreign = _loop("cp /bin/true /tmp/f$i; /tmp/f$i; [ $? = 137 ] && n=$((n+1))")
    own = _loop(f"chmod 700 {_OWN}$i; sleep 0.05; {_OWN}$i && n=$((n+1))")
    for what, script in (("foreign programs killed", foreign), ("own programs that lived after chmod", own)):
        said = expect(world.docker("exec", "-u", "0", guarded, "/bin/sh", "-c", script), 0, "docker exec").strip()
        print(f"{what}, under load: {said} of {_KILLS}")
    expect(world.docker("rm", "-f", guarded), 0, "docker rm")


def _loop(step: str) -> str:
    return f"n=0; i=0; while [ $i -lt {_KILLS} ]; do {step}; i=$((i+1)); done; echo $n"


def _many(world: World) -> None:
    shop = _run(world, "many")
    starts = f"i=0; while [ $i -lt {_MANY} ]; do /bin/true; i=$((i+1)); done"
    writes = f"i=0; while [ $i -lt {_MANY} ]; do : > /tmp/w$i; i=$((i+1)); done"
    before, began = _cost(world), time.monotonic()
    for script in (starts, writes):
        expect(world.docker("exec", shop, "/bin/sh", "-c", script), 0, "docker exec")
    took = time.monotonic() - began
    _print_cost(f"busy ({_MANY:,} starts and {_MANY:,} writes in {took:.0f} s)", before, _cost(world), took)
    lost = [one for one in world.ask().get("/incidents?limit=500")["items"] if one["kind"] == "events_lost"]
    seen = wait_for(lambda: _counted(world, shop) >= _MANY and _counted(world, shop), "all starts on the server", 60)
    print(f"starts on the server: {seen:,}; incidents about lost starts: {len(lost)}")


def _counted(world: World, container: str) -> int:
    from oakum.apps import store_wiring  # noqa: PLC0415 - only to count

    events = store_wiring.open_events(world.state)
    try:
        return sum(one.kind == "exec" and one.path.endswith("/true") for one in events.events(container=container))
    finally:
        events.close()


@contextmanager
def _world(home: str) -> Iterator[World]:
    world = World(home)
    original = make_root

    def with_own_programs(root: str) -> None:
        original(root)
        for number in range(_KILLS):
            with open(f"{root}/usr/bin/true", "rb") as source, open(f"{root}{_OWN}{number}", "wb") as copy:
                copy.write(source.read())
            os.chmod(f"{root}{_OWN}{number}", 0o755)  # noqa: S103 - a program

    parts.MAKE_ROOT = with_own_programs
    try:
        serve(world)
        parts.build(world, "good", "shop:2")
        gate = oakum(
            "gate", "docker:shop:2", "--server", world.url, **world.environment, OAKUM_TOKEN=world.tokens["ci"]
        )
        expect(gate, 0, "oakum gate")
        wait_for(
            lambda: world.docker("run", "--rm", "--network", "none", "shop:2", "/bin/true").returncode == 0, "it runs"
        )
        yield world
    finally:
        parts.MAKE_ROOT = original
        world.end()


@contextmanager
def _busy(world: World) -> Iterator[None]:
    """Another container that keeps a processor busy and writes all the time."""
    id_ = _run(world, "busy")
    script = "while :; do cat /bin/busybox > /tmp/x; /bin/true; done"
    expect(world.docker("exec", "-d", id_, "/bin/sh", "-c", script), 0, "docker exec")
    try:
        yield
    finally:
        expect(world.docker("rm", "-f", id_), 0, "docker rm")


def _run(world: World, name: str, *more: str) -> str:
    words = ("run", "-d", "--name", name, "--network", "none", "--init", *more, "shop:2")
    return expect(world.docker(*words), 0, f"docker run {name}").strip()


def _say(what: str, world: World, seconds: float) -> None:
    before = _cost(world)
    time.sleep(seconds)
    _print_cost(what, before, _cost(world), seconds)


def _print_cost(
    what: str, before: dict[str, tuple[float, int]], after: dict[str, tuple[float, int]], took: float
) -> None:
    for name, (used, memory) in after.items():
        print(f"{name}, {what}: {(used - before[name][0]) / took:.1%} of a processor, {memory / 2**20:.0f} MiB")


def _cost(world: World) -> dict[str, tuple[float, int]]:
    """Processor seconds and proportional memory of each program with its children."""
    return {name: _of(world.pid(name)) for name in ("serve", "agent", "authz")}


def _of(pid: int) -> tuple[float, int]:
    used, memory = 0.0, 0
    for one in (pid, *_children(pid)):
        try:
            with open(f"/proc/{one}/stat", "rb") as file:
                fields = file.read().rpartition(b")")[2].split()
            with open(f"/proc/{one}/smaps_rollup", "rb") as file:
                memory += next(int(line.split()[1]) for line in file if line.startswith(b"Pss:")) * 1024
        except (OSError, StopIteration):
            continue
        used += (int(fields[11]) + int(fields[12])) / _TICKS
    return used, memory


def _children(pid: int) -> list[int]:
    try:
        with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
            direct = [int(one) for one in file.read().split()]
    except OSError:
        return []
    return direct + [below for one in direct for below in _children(one)]


def _incidents(world: World, container: str) -> list[Any]:
    return list(world.ask().get(f"/incidents?container={container}&limit=500")["items"])


def _moments(world: World, container: str) -> list[Any]:
    return list(world.ask().get(f"/containers/{container}/moments?limit=500")["items"])


def _trail(world: World) -> list[Any]:
    return list(world.ask().get("/audit?limit=500")["items"])


def _moment(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()


if __name__ == "__main__":
    main()
