"""1. The server and the agent start."""

import os
import re

from bench.life.console import Asker, expect, need, oakum, wait_for
from bench.life.parts import make_images, policies, write_advisories
from bench.life.world import World

_TOKEN = re.compile(r"set-up token: (\S+)")
_ROLES = {"admin": "admin", "agent": "agent", "ci": "gate"}


def serve(world: World) -> str:
    """The server starts, is set up once, and has its gates, its engine and its agent around it."""
    write_advisories(world)
    expect(oakum("db", "update", "--from", world.advisories, **world.environment), 0, "oakum db update")
    world.start_oakum("serve", "serve", "--state", world.state, "--listen", world.url.partition("//")[2])
    world.wait("serve", lambda: _TOKEN.search(world.said("serve")), "serve prints a set-up token")
    found = _TOKEN.search(world.said("serve"))
    assert found  # noqa: S101 - was waited for
    wait_for(lambda: _is_there(world), "the API answers")
    world.known["password"] = "correct horse battery staple"  # noqa: S105 - of the story
    world.ask("").send("POST", "/setup", {"token": found[1], "password": world.known["password"]})
    for name, role in _ROLES.items():
        ended = oakum("token", "create", name, "--role", role, "--state", world.state, **world.environment)
        world.tokens[name] = expect(ended, 0, "oakum token create").strip().splitlines()[-1]
    admin = world.ask()
    starter = admin.get("/policies")["text"]
    admin.send("PUT", "/policies", {"text": policies(starter)})
    world.start_registry()
    admin.send("PUT", "/registries", [{"host": world.registry, "every": 2, "plain_http": True}])
    wait_for(lambda: os.path.exists(f"{world.state}/snapshot"), "the snapshot for the gates is written")
    _start_gates(world)
    return f"{world.url}, set up once; {len(_ROLES)} tokens; the agent sees {_sights(admin)}"


def _start_gates(world: World) -> None:
    words = ("--snapshot", f"{world.state}/snapshot", "--socket", world.plugin)
    world.start_oakum("authz", "docker-authz", *words, "--engine", f"{world.home}/docker.sock")
    world.wait("authz", lambda: os.path.exists(world.plugin), "docker-authz listens")
    world.start_engine()
    make_images(world)
    path = f"{world.home}/agent.token"
    with open(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "w", encoding="ascii") as file:
        file.write(world.tokens["agent"])
    start_agent(world)
    world.wait("agent", lambda: world.ask().get("/hosts"), "the agent's host is known")


def start_agent(world: World) -> None:
    """The agent, with the token that lies in its file."""
    server = ("--server", world.url, "--token-file", f"{world.home}/agent.token", "--state", f"{world.home}/agent")
    world.start_oakum("agent", "agent", *server, "--engine", f"{world.home}/docker.sock")


def _sights(admin: Asker) -> str:
    (host,) = admin.get("/hosts")
    need(host["sees"], "the agent says what it sees")
    return ", ".join(sorted(host["sees"]))


def _is_there(world: World) -> bool:
    try:
        return bool(world.ask("").get("/about"))
    except Exception:  # noqa: BLE001 - not yet
        return False
