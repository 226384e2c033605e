"""The agent on a real host: killed at random moments, and with a server that is away."""

import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from bench.life.console import expect, oakum, wait_for
from bench.life.parts import build
from bench.life.steps.serve import serve, start_agent
from bench.life.world import World

from oakum.apps import store_wiring

pytestmark = pytest.mark.live("dockerd", "docker-registry", "busybox", "dpkg", "sensor")

KILLS = 10


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with tempfile.TemporaryDirectory(prefix="oakum-agent-", dir="/tmp", ignore_cleanup_errors=True) as home:
        made = World(home)
        try:
            serve(made)
            build(made, "good", "shop:2")
            ci = made.tokens["ci"]
            expect(oakum("gate", "docker:shop:2", "--server", made.url, **made.environment, OAKUM_TOKEN=ci), 0, "gate")
            run = ("run", "-d", "--name", "shop", "--network", "none", "--init", "shop:2")
            wait_for(
                lambda: made.docker(*run).returncode == 0 or (made.docker("rm", "-f", "shop") and False), "it runs", 60
            )
            yield made
        finally:
            made.end()


def tool(world: World, name: str) -> None:
    script = f"cp /bin/sleep /tmp/{name}; exec /tmp/{name} 300"
    expect(world.docker("exec", "-d", "shop", "/bin/sh", "-c", script), 0, "docker exec")


def incidents(world: World) -> dict[str, Any]:
    return {one["id"]: one for one in world.ask().get("/incidents?limit=500")["items"] if one["kind"] == "drift"}


def named(world: World, name: str) -> bool:
    path = f"/tmp/{name}"  # noqa: S108 - of the container
    return any(path in [change["path"] for change in one["changes"]] for one in incidents(world).values())


def test_what_was_seen_while_the_server_was_away_comes_when_it_is_back(world: World) -> None:
    world.stop("serve", signal.SIGKILL)
    tool(world, "away")
    wait_for(lambda: "waits in the spool" in world.said("agent"), "the agent says that the server is away")
    world.start_oakum("serve", "serve", "--state", world.state, "--listen", world.url.partition("//")[2])
    wait_for(lambda: _is_there(world) and named(world, "away"), "the incident comes when the server is back", 60)


def test_an_agent_that_is_killed_ten_times_loses_nothing_that_was_acknowledged(world: World) -> None:
    kept: set[str] = set()
    for number in range(KILLS):
        tool(world, f"t{number}")
        time.sleep(random.uniform(0, 0.6))  # noqa: S311 - any moment will do
        world.stop("agent", signal.SIGKILL)
        now = set(incidents(world))
        assert kept <= now
        kept = now
        start_agent(world)
        _wait_for_sensor(world, number + 2)
    tool(world, "last")
    wait_for(lambda: named(world, "last"), "the agent goes on")
    assert kept <= set(incidents(world))
    assert {one["name"] for one in world.ask().get("/containers")["items"]} == {"shop"}
    events = store_wiring.open_events(world.state)
    try:
        seen = Counter((one.at, one.kind, one.process.pid, one.path, one.sequence) for one in events.events())
    finally:
        events.close()
    assert seen
    assert max(seen.values()) == 1  # a batch that was sent twice is kept once


def _wait_for_sensor(world: World, times: int) -> None:
    wait_for(lambda: world.said("agent").count("sees exec") >= times, "the agent watches again")


def _is_there(world: World) -> bool:
    try:
        return bool(world.ask().get("/hosts"))
    except Exception:  # noqa: BLE001 - not yet
        return False


def test_where_the_kernel_refuses_the_sensor_the_agent_says_so_and_finds_programs_by_their_files(world: World) -> None:
    """Root without the rights that a sensor needs: the lesser promise is said, and kept."""
    world.stop("agent")
    refused = ["setpriv", "--bounding-set", "-sys_admin,-bpf,-perfmon", sys.executable, "-m", "oakum", "agent"]
    server = ["--server", world.url, "--token-file", f"{world.home}/agent.token", "--state", f"{world.home}/agent"]
    world.start("blind", [*refused, *server, "--engine", f"{world.home}/docker.sock"])
    wait_for(lambda: "no kernel sensor here" in world.said("blind"), "the agent says that it has no sensor")
    assert "who brought them" in world.said("blind")
    tool(world, "blind")
    wait_for(lambda: named(world, "blind"), "the program is found by its file")
    found = next(one for one in incidents(world).values() if "/tmp/blind" in str(one["changes"]))  # noqa: S108 - as above
    assert found["cause"] == ""
    (host,) = world.ask().get("/hosts")
    assert host["sees"] == {"program": "files"}
    assert any("no kernel sensor" in said for said in host["blind"])
    world.stop("blind")
    start_agent(world)
