"""The job ``rematch``."""

import asyncio
import os

from oakum.apps import wiring
from oakum.apps.server.job import Work, job
from oakum.flows.learn_advisories import learn_advisories

JUDGED_BY = "judged-by"
"""The setting that says by which advisories the fleet was judged last."""


@job(every=0.2, version=1)
async def rematch(work: Work) -> None:
    """Judge the fleet anew when there are other advisories."""
    seen = _stamp(work)
    if seen != work.memory.get("rematch"):
        await asyncio.to_thread(_rematch, work)
        work.memory["rematch"] = seen


def _stamp(work: Work) -> tuple[int, int, int]:
    """What is another when the database was replaced."""
    path = wiring.place_and_pin(work.settings.database or wiring.database_path())[0]
    try:
        found = os.stat(path)
    except OSError:
        return 0, 0, 0
    return found.st_dev, found.st_ino, found.st_mtime_ns


def _rematch(work: Work) -> None:
    advisories = wiring.open_advisories(work.settings.database or wiring.database_path())
    digest = advisories.about().digest
    if digest != work.ledger.setting(JUDGED_BY):
        learn_advisories(work.fleet, work.ledger, advisories, work.clock.now())
        work.ledger.set_setting(JUDGED_BY, digest)
