"""8. What a package or a vulnerability reaches, and the way back to the build."""

import json

from bench.life.console import expect, need, oakum
from bench.life.parts import KNOWN, LIBRARY, NEW
from bench.life.world import World


def reach(world: World) -> str:
    """``oakum affected`` lists images, containers, hosts and what to build anew, from the server and its folder."""
    found = {}
    for words in (("--package", LIBRARY, "--below", "2.1"), ("--cve", NEW), ("--cve", KNOWN)):
        ended = oakum("affected", *words, "--server", world.url, "-f", "json", OAKUM_TOKEN=world.tokens["admin"])
        found[words[1]] = json.loads(expect(ended, 0, f"oakum affected {words[1]}"))["affected"]
    rows = {one["image_id"]: one for one in found[LIBRARY]}
    good = rows[world.known["good"]]
    need(
        world.known["container"] in good["containers"] and good["hosts"],
        "the running container and its host are listed",
    )
    need("COPY" in good["instruction"] and good["owner"] == "team-shop", f"the way back to build is named: {good}")
    need({one["image_id"] for one in found[KNOWN]} == {world.known["bad"]}, f"{KNOWN} reaches the old build alone")
    return f"{LIBRARY} < 2.1: {len(rows)} images; {good['instruction'][:40]} by {good['owner']}, take 2.1"
