"""The job ``assess_running``."""

import asyncio
import time
from collections.abc import Iterator
from typing import Final

from oakum.apps.server.job import Work, job
from oakum.apps.server.scanning import keepers
from oakum.flows.assess_image import assess_image
from oakum.kit.errors import OakumError, TryLaterError
from oakum.model.fleet import Container

_AGAIN_SECONDS: Final = 60.0
_PAGE: Final = 500


@job(every=1.0, version=1)
async def assess_running(work: Work) -> None:
    """Read the images of running containers that nobody assessed, where this machine's engine has them."""
    await asyncio.to_thread(_assess, work)


def _assess(work: Work) -> None:
    tried: dict[str, tuple[float, str]] = work.memory.setdefault("assess_running", {})
    wanted = {one.image_id: one for one in _running(work) if one.image_id}
    known = work.fleet.counts(list(wanted))
    for image_id in wanted.keys() - known.keys():
        at, _ = tried.get(image_id, (-_AGAIN_SECONDS, ""))
        if time.monotonic() - at < _AGAIN_SECONDS:
            continue
        try:
            name = wanted[image_id].image
            assess_image(f"docker:{image_id}", keepers(work), "deploy", (name,) if ":" in name else ())
            tried.pop(image_id, None)
        except OakumError as error:
            tried[image_id] = time.monotonic(), f"{image_id[:19]} runs and cannot be assessed: {error}"
    for gone in tried.keys() - wanted.keys():
        del tried[gone]
    if tried:
        raise TryLaterError("; ".join(said for _, said in tried.values())[:800])


def _running(work: Work) -> Iterator[Container]:
    after = ""
    while True:
        found, after = work.fleet.containers(after=after, limit=_PAGE)
        yield from found
        if not after:
            return
