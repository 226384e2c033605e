"""The job ``forget``."""

import asyncio
from datetime import timedelta
from typing import Final

from oakum.apps.server.job import Work, job

_FLEET: Final = timedelta(days=90)
_EVENTS: Final = timedelta(days=14)
_LEDGER: Final = timedelta(days=365)
_NANOSECONDS: Final = 1_000_000_000


@job(every=3600.0, version=1)
async def forget(work: Work) -> None:
    """Remove what is old: events after 14 days, containers that ended after 90, decisions after a year."""
    now = work.clock.now()
    await asyncio.to_thread(work.events.forget, int((now - _EVENTS).timestamp()) * _NANOSECONDS)
    await asyncio.to_thread(work.fleet.forget, (now - _FLEET).isoformat())
    await asyncio.to_thread(work.ledger.forget, (now - _LEDGER).isoformat())
