"""10. The audit trail is whole, and its signed heads vouch for it."""

from bench.life.console import expect, need, oakum
from bench.life.world import World


def verify(world: World) -> str:
    """``oakum audit verify`` finds the trail whole; everything that changed state is in it."""
    entries = []
    after = 0
    while page := world.ask().get(f"/audit?after={after}&limit=500")["items"]:
        entries += page
        after = page[-1]["number"]
    actions = {one["action"] for one in entries}
    for wanted in ("token.created", "policies.set", "judgement.made", "incident.opened"):
        need(wanted in actions, f"the trail has {wanted}: {sorted(actions)}")
    said = expect(oakum("audit", "verify", "--state", world.state), 0, "oakum audit verify")
    return said.strip().replace("\n", "; ")
