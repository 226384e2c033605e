"""The job ``watch_registries``."""

import asyncio
import time

import msgspec

from oakum.apps import wiring
from oakum.apps.server.job import Work, job
from oakum.apps.server.scanning import keepers
from oakum.flows.watch_registry import REGISTRIES, WOKEN, look_at_registry
from oakum.kit.errors import TryLaterError
from oakum.model.api import RegistryWatch
from oakum.model.fetching import RegistryAsked


@job(every=0.5, version=1)
async def watch_registries(work: Work) -> None:
    """Look at every watched registry when its time has come, or when it said that something was pushed."""
    due = await asyncio.to_thread(_due, work)
    found = await asyncio.gather(*(asyncio.to_thread(_look, watch, work) for watch in due), return_exceptions=True)
    troubles = work.memory.setdefault("registry troubles", {})
    for watch, said in zip(due, found, strict=True):
        troubles[watch.host] = str(said) if isinstance(said, BaseException) else "; ".join(said)
    if any(troubles.values()):
        raise TryLaterError("; ".join(said for said in troubles.values() if said)[:800])


def _due(work: Work) -> list[RegistryWatch]:
    next_at: dict[str, float] = work.memory.setdefault("registries", {})
    watches = msgspec.json.decode(work.ledger.setting(REGISTRIES) or "[]", type=list[RegistryWatch])
    woken = work.ledger.setting(WOKEN)
    if woken != work.memory.get(WOKEN, woken):
        next_at.clear()
    work.memory[WOKEN] = woken
    now = time.monotonic()
    due = [watch for watch in watches if next_at.get(watch.host, 0.0) <= now]
    next_at.update((watch.host, now + watch.every) for watch in due)
    troubles = work.memory.setdefault("registry troubles", {})
    for gone in troubles.keys() - {watch.host for watch in watches}:
        del troubles[gone]
    return due


def _look(watch: RegistryWatch, work: Work) -> list[str]:
    asked = RegistryAsked(plain=(watch.host,) if watch.plain_http else ())
    looked = look_at_registry(watch, wiring.catalog(watch.host, asked), keepers(work, asked), work.clock)
    return looked.troubles
