"""5. The container was known before its first process, and is known after its end."""

from datetime import UTC, datetime
from typing import Any

from bench.life.console import FailedError, expect, need, wait_for
from bench.life.world import World


def know(world: World) -> str:
    """Container, image, layers and packages are one chain; who started it is said or unknown; it stays."""
    ask = world.ask()
    whole = wait_for(lambda: _container(world, world.known["container"]), "the container is known")
    need(whole["container"]["image_id"] == world.known["good"], "it is known by its image's id")
    image = ask.get(f"/images/{world.known['good']}")
    names = {one["name"] for one in image["report"]["packages"]}
    need({"urllib3", "libc6"} <= names, f"its image's packages are known: {sorted(names)[:20]}")
    need(image["report"]["artifact"]["layers"], "its image's layers are known")
    first = wait_for(lambda: _first_exec(world, world.known["container"]), "the start of its first program is recorded")
    need(whole["container"]["created"] <= first, "it was known before its first process")
    gone = expect(
        world.docker("run", "-d", "--network", "none", "shop:2", "/bin/sleep", "0.5"), 0, "docker run"
    ).strip()
    at = datetime.now(UTC).isoformat()
    wait_for(lambda: (_container(world, gone) or {}).get("container", {}).get("stopped"), "its end is known")
    expect(world.docker("rm", gone), 0, "docker rm")
    ran = {one["id"] for one in ask.get(f"/containers?at={at.replace('+', '%2B')}")["items"]}
    need({gone, world.known["container"]} <= ran, "what ran at a moment is known after it has gone")
    who = whole["container"]["started_by"]
    need(who.startswith(("uid:", "login:", "container:")), f"who started it is known: {who!r}")
    return (
        f"shop -> {world.known['good'][:19]} -> {len(names)} packages; started by {who}; {gone[:12]} ran at {at[11:19]}"
    )


def _container(world: World, id_: str) -> Any:  # noqa: ANN401 - JSON
    try:
        return world.ask().get(f"/containers/{id_}")
    except FailedError:
        return None


def _first_exec(world: World, id_: str) -> str:
    moments = world.ask().get(f"/containers/{id_}/moments?limit=200")["items"]
    return min((one["at"] for one in moments if one["kind"] == "exec"), default="")
