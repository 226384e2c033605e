"""Snapshots in memory, and doors that decide from them."""

from datetime import datetime

from msgspec import Struct

from oakum.decisions.criterion import Criterion
from oakum.flows.admit_workload import Door
from oakum.kit.plugin import Kind
from oakum.model.policy import Policy
from oakum.model.subject import Subject
from oakum.model.waiver import Waiver


class SnapshotInMemory(Struct):
    """Implements ``ports.snapshots.Snapshot``."""

    images: dict[str, Subject]
    policies: tuple[Policy, ...]
    made: int
    waivers: tuple[Waiver, ...] = ()
    greatest_age: int = 60
    digest: str = "sha256:1"
    names: dict[str, str] = {}

    def subject(self, name: str) -> Subject | None:
        """What is known of an image."""
        return self.images.get(name)

    def digest_of(self, reference: str) -> str:
        """What a name meant."""
        return self.names.get(reference, "")


class OneSnapshot(Struct):
    """Implements ``ports.snapshots.Snapshots``: always the same one, or none."""

    snapshot: SnapshotInMemory | None

    def newest(self) -> SnapshotInMemory | None:
        """The one."""
        return self.snapshot


class StoppedClock(Struct):
    """Implements ``ports.clock.Clock``: it stands."""

    at: datetime

    def now(self) -> datetime:
        """The moment at which it stands."""
        return self.at


def door_of(images: dict[str, Subject], policies: tuple[Policy, ...], criteria: Kind[Criterion], now: datetime) -> Door:
    """A door that knows these images and policies, at a moment."""
    snapshot = SnapshotInMemory(images, policies, int(now.timestamp()))
    return Door(OneSnapshot(snapshot), {name: criteria.load(name) for name in criteria.ids()}, StoppedClock(now))
