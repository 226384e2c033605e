"""The job ``make_snapshot``."""

import asyncio
import hashlib
import os
import time
from typing import Final

import msgspec

from oakum.apps import wiring
from oakum.apps.server.backing import policy_text, rules_of, trust_of
from oakum.apps.server.job import Work, job
from oakum.apps.server.revisions import revisions
from oakum.apps.server.settings import SNAPSHOT
from oakum.flows.current_names import current_names
from oakum.flows.snapshot_fleet import fleet_subjects
from oakum.flows.waiver_ledger import standing_waivers

_DAY: Final = 86_400
_HOUR: Final = 3_600
_PAGE: Final = 500


@job(every=0.3, version=1)
async def make_snapshot(work: Work) -> None:
    """Write what the gates decide from, when policies, images or advisories changed, and every hour."""
    await asyncio.to_thread(_make, work)


def _make(work: Work) -> None:
    before: tuple[object, str, float] = work.memory.get("make_snapshot", (None, "", 0.0))
    old = time.monotonic() - before[2] > _HOUR
    files = {name: seen for name, seen in revisions(work.settings.state).items() if name != "events"}
    advisories = wiring.open_advisories(work.settings.database or wiring.database_path())
    digest = advisories.about().digest
    if (files, digest) == before[0] and not old:
        return
    inputs = _inputs(work, digest)
    if inputs != before[1] or old:
        now = int(work.clock.now().timestamp())
        path = os.path.join(work.settings.state, SNAPSHOT)
        subjects = list(fleet_subjects(work.fleet, advisories, work.clock, trust_of(work.ledger).digest))
        wiring.write_snapshot(path, subjects, rules_of(work.ledger, work.clock), (now, _DAY))
        work.memory["make_snapshot"] = (files, digest), inputs, time.monotonic()
    else:
        work.memory["make_snapshot"] = (files, digest), inputs, before[2]


def _inputs(work: Work, digest: str) -> str:
    """Everything that the snapshot is made of, by digest."""
    waivers = standing_waivers(work.ledger, work.clock)
    trust = trust_of(work.ledger).digest
    made = hashlib.sha256(f"{digest}\n{policy_text(work.ledger)}\n{waivers}\n{trust}".encode())
    after = ""
    while True:
        images, after = work.fleet.images(after=after, limit=_PAGE)
        found = work.fleet.trust([one.artifact.image_id for one in images])
        for one in images:
            names = current_names(work.fleet, one.artifact)
            made.update(f"{one.artifact.image_id} {one.assessed} {one.source} {names}\n".encode())
            made.update(msgspec.msgpack.encode(found.get(one.artifact.image_id)))
        if not after:
            return made.hexdigest()
