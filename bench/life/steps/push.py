"""3. The registry watcher notices what is pushed."""

from typing import Any

from bench.life.console import expect, need, wait_for
from bench.life.world import World


def push(world: World) -> str:
    """The good image is noticed with its tag and read once; the tag with another digest is an event."""
    _push(world, "shop:2")
    whole = wait_for(lambda: _image(world, world.known["good"]), "the watcher assessed what was pushed")
    need(any(tag["tag"] == "live" for tag in whole["tags"]), "the image is shown with its tag")
    need(not whole["image"]["inventory"]["gaps"], f"it was read whole: {whole['image']['inventory']['gaps']}")
    _push(world, "shop:1")
    wait_for(lambda: _image(world, world.known["bad"]), "the watcher assessed what the tag was moved to")
    moved = wait_for(lambda: _incidents(world, "tag_moved"), "the moved tag is an event")
    _push(world, "shop:2")
    return f"shop:live assessed with {len(whole['image']['inventory']['packages'])} packages; {moved[0]['title']}"


def _push(world: World, tag: str) -> None:
    name = f"{world.registry}/shop:live"
    expect(world.docker("tag", tag, name), 0, "docker tag")
    expect(world.docker("push", name), 0, "docker push")


def _image(world: World, id_: str) -> Any:  # noqa: ANN401 - JSON
    rows = world.ask().get("/images?limit=100")["items"]
    return world.ask().get(f"/images/{id_}") if any(row["image_id"] == id_ for row in rows) else None


def _incidents(world: World, kind: str) -> list[Any]:
    return [one for one in world.ask().get("/incidents")["items"] if one["kind"] == kind]
