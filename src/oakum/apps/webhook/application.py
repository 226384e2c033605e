"""What a worker of the webhook runs: one path that answers reviews, and two that say how it is.

The server gives no words to its workers, so what they need comes in one variable of the environment.
"""

import gc
import os
from typing import Any, Final

import msgspec

from oakum.apps.wiring import clock, snapshots
from oakum.flows.admit_workload import Door
from oakum.flows.kinds import EveryCriterion
from oakum.flows.review_admission import review_admission
from oakum.kit.decoding import UNDECODABLE
from oakum.kit.parent import end_with_spawner
from oakum.model.subject import Placement

SETTINGS: Final = "OAKUM_WEBHOOK"

_REVIEW: Final = "/review"
_LIVE: Final = "/livez"
_READY: Final = "/readyz"
_BODY_BYTES: Final = 4 << 20
"""An API server sends objects of up to a megabyte and a half, twice where there is an old one."""

_JSON: Final = [("content-type", "application/json")]
_TEXT: Final = [("content-type", "text/plain; charset=utf-8")]


class Settings(msgspec.Struct, frozen=True):
    """What a worker needs.

    Attributes:
        snapshot: path of the file to decide from.
        cluster: name of the cluster, for the scope of policies.
        environment: of the cluster.
    """

    snapshot: str
    cluster: str = ""
    environment: str = ""


class Application:
    """Answers the exchanges of one worker (granian's RSGI)."""

    def __init__(self, door: Door) -> None:
        """Everything is loaded before the first question."""
        self._door = door
        gc.collect()
        gc.freeze()  # a full collection in the middle of a review would take longer than the review

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:  # noqa: ANN401 - granian's own objects
        """One exchange."""
        if scope.path != _REVIEW:
            protocol.response_str(*self._health(scope.path))
            return
        if scope.method != "POST":
            protocol.response_str(405, _TEXT, "reviews are posted")
            return
        length = scope.headers.get("content-length", "")
        if not length.isdecimal() or int(length) > _BODY_BYTES:
            protocol.response_str(413, _TEXT, "the review has no length, or is too long")
            return
        try:
            answer = review_admission(await protocol(), self._door)
        except UNDECODABLE as error:
            protocol.response_str(400, _TEXT, f"this is no AdmissionReview: {error}")
        else:
            protocol.response_bytes(200, _JSON, answer)

    def _health(self, path: str) -> tuple[int, list[tuple[str, str]], str]:
        if path == _LIVE:
            return 200, _TEXT, "ok"
        if path == _READY:
            current = self._is_current()
            return (200, _TEXT, "ok") if current else (503, _TEXT, "there is no current snapshot")
        return 404, _TEXT, "not here"

    def _is_current(self) -> bool:
        snapshot = self._door.snapshots.newest()
        age = self._door.clock.now().timestamp() - snapshot.made if snapshot else 0.0
        return snapshot is not None and age <= snapshot.greatest_age


def make() -> Application:
    """The application that the environment asks for."""
    end_with_spawner()
    settings = msgspec.json.decode(os.environ[SETTINGS], type=Settings)
    placement = Placement(environment=settings.environment, cluster=settings.cluster)
    door = Door(snapshots(settings.snapshot), EveryCriterion(), clock(), placement)
    door.prepare()
    return Application(door)
