"""3. The registry watcher notices what is pushed."""

from typing import Any

from bench.life.breaks import corrupt
from bench.life.console import expect, need, wait_for
from bench.life.world import World


def push(world: World) -> str:
    """The good image is noticed with its tag and read once; the tag with another digest is an event."""
    _push(world, "shop:2")
    if world.without == "layer":
        corrupt(world)
    whole = wait_for(
        lambda: _tagged(world, world.known["good"]), "the watcher assessed shop:live, which it was to read"
    )
    need(not _reading(whole), f"it was read whole: {_reading(whole)}")
    _push(world, "shop:1")
    wait_for(lambda: _tagged(world, world.known["bad"]), "the watcher assessed what the tag was moved to")
    moved = wait_for(lambda: _incidents(world, "tag_moved"), "the moved tag is an event")
    _push(world, "shop:2")
    return f"shop:live assessed with {len(whole['report']['packages'])} packages; {moved[0]['title']}"


def _push(world: World, tag: str) -> None:
    name = f"{world.registry}/shop:live"
    expect(world.docker("tag", tag, name), 0, "docker tag")
    expect(world.docker("push", name), 0, "docker push")


def _tagged(world: World, id_: str) -> Any:  # noqa: ANN401 - JSON
    """The image, once the server itself read it and knows its tag; else why it cannot."""
    whole = world.ask().get(f"/images/{id_}")
    if whole["source"] == "server" and any(one["tag"] == "live" for one in whole["tags"]):
        return whole
    failing = [one["title"] for one in world.ask().get("/overview")["attention"] if one["kind"] == "job_failing"]
    need(not failing, "; ".join(failing))
    return None


def _reading(whole: Any) -> list[Any]:  # noqa: ANN401 - JSON
    return [gap for gap in whole["report"]["gaps"] if gap["stage"] == "reading"]


def _incidents(world: World, kind: str) -> list[Any]:
    return [one for one in world.ask().get("/incidents")["items"] if one["kind"] == kind]
