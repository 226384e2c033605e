"""The job ``verify_images``."""

import asyncio
import time
from typing import Final

import msgspec

from oakum.apps import wiring
from oakum.apps.server.backing import trust_of
from oakum.apps.server.job import Work, job
from oakum.flows.verify_fleet import Looking, verify_fleet
from oakum.flows.verify_trust import ImagePlace
from oakum.flows.watch_registry import REGISTRIES, WOKEN
from oakum.kit.errors import OakumError, TryLaterError
from oakum.model.api import RegistryWatch
from oakum.model.fetching import RegistryAsked
from oakum.model.fleet import ImageTrust
from oakum.model.trust import TrustRules
from oakum.sources.image_name import image_name

_YOUNG: Final = 3_600.0
_SOON: Final = 30.0
_LATER: Final = 3_600.0
"""Seconds: an image that was just pushed is signed a moment later, so it is looked at soon again; an old one seldom."""


@job(every=5.0, version=1)
async def verify_images(work: Work) -> None:
    """Look for the signatures that trust rules want: at new images, after new rules, now and then."""
    await asyncio.to_thread(_verify, work)


def _verify(work: Work) -> None:
    rules = trust_of(work.ledger)
    if not rules.digest:
        return
    watches = msgspec.json.decode(work.ledger.setting(REGISTRIES) or "[]", type=list[RegistryWatch])
    schedule = work.memory.setdefault("verify_images", _Schedule())
    schedule.begin(rules, work.ledger.setting(WOKEN))
    troubles = verify_fleet(
        work.fleet, Looking(rules, wiring.verifiers(), lambda name, digest: _place(name, digest, watches), schedule.due)
    )
    if troubles:
        raise TryLaterError("; ".join(troubles)[:800])


class _Schedule:
    """When each image was first seen, and last looked at."""

    def __init__(self) -> None:
        self._first: dict[str, float] = {}
        self._last: dict[str, float] = {}
        self._rules = self._woken = ""

    def begin(self, rules: TrustRules, woken: str) -> None:
        """Other rules, or a push that a registry told of, make every image due."""
        if (rules.digest, woken) != (self._rules, self._woken):
            self._last.clear()
        self._rules, self._woken = rules.digest, woken

    def due(self, image_id: str, known: ImageTrust | None) -> bool:
        now = time.monotonic()
        first = self._first.setdefault(image_id, now)
        last = self._last.get(image_id)
        soon = known is None or known.rules != self._rules or (now - first < _YOUNG and not known.found.signed)
        if last is not None and now - last < (_SOON if soon else _LATER):
            return False
        self._last[image_id] = now
        return True


def _place(name: str, digest: str, watches: list[RegistryWatch]) -> ImagePlace | None:
    """In a watched registry: no other is asked on account of a name that somebody gave an image."""
    try:
        image = image_name(name, name, "")
    except OakumError:
        return None
    watch = next((one for one in watches if one.host == image.host), None)
    if watch is None:
        return None
    asked = RegistryAsked(plain=(watch.host,) if watch.plain_http else ())
    return ImagePlace(wiring.repository(image, asked, write=False), digest, image.digest or image.tag)
