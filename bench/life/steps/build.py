"""2. A build with an old library is refused, and the mended one passes."""

import json
from typing import Any

from bench.life.console import expect, need, oakum
from bench.life.parts import KNOWN, MENDED, OLD
from bench.life.parts import build as build_image
from bench.life.world import World


def build(world: World) -> str:
    """The gate refuses the old library with the version to take and the instruction; the mended build passes."""
    world.known["bad"] = build_image(world, "bad", "shop:1")
    world.known["good"] = build_image(world, "good", "shop:2")
    bad, good = (_gate(world, tag, code) for tag, code in (("shop:1", 1), ("shop:2", 0)))
    proofs = [proof["what"] for breach in bad["breaches"] for proof in breach["proofs"]]
    need(any(KNOWN in what and "urllib3" in what for what in proofs), f"the refusal names {KNOWN} in urllib3: {proofs}")
    upgrades = {(one["package"], one["have"], one["take"]) for one in bad["flip"]["upgrades"]}
    need(("urllib3", OLD, MENDED) in upgrades, f"the refusal names the version to take: {upgrades}")
    instructions = " ".join(one["instruction"] for one in bad["flip"]["upgrades"])
    need("COPY" in instructions, f"the refusal names the instruction: {instructions}")
    kept = {row["id"] for row in world.ask().get("/decisions")["items"]}
    need({bad["id"], good["id"]} <= kept, "both decisions are on the server")
    world.known["refusal"] = bad["id"]
    return f"shop:1 refused: urllib3 {OLD} -> {MENDED}, {instructions[:40]}; shop:2 {good['outcome']}; both kept"


def _gate(world: World, tag: str, code: int) -> Any:  # noqa: ANN401 - JSON
    words = ("gate", f"docker:{tag}", "--server", world.url, "-f", "json")
    ended = oakum(*words, **world.environment, OAKUM_TOKEN=world.tokens["ci"])
    return json.loads(expect(ended, code, f"oakum gate {tag}"))
