"""A snapshot: everything that a gate needs to decide by itself, whatever happens to the server; a sync port."""

from typing import Protocol

from oakum.model.policy import Policy
from oakum.model.subject import Subject
from oakum.model.waiver import Waiver


class Snapshot(Protocol):
    """What was known when the snapshot was made.

    Attributes:
        made: when it was made, in seconds since the epoch.
        greatest_age: seconds for which it may be relied on.
        policies: those that are on.
        waivers: accepted findings.
        digest: of the whole.
    """

    made: int
    greatest_age: int
    policies: tuple[Policy, ...]
    waivers: tuple[Waiver, ...]
    digest: str

    def subject(self, name: str) -> Subject | None:
        """What is known of an image, by its id, its manifest digest, or a reference that bears a digest; else None."""
        ...

    def digest_of(self, reference: str) -> str:
        """What a name with a tag meant when the snapshot was made, as the image's id; else empty."""
        ...


class Snapshots(Protocol):
    """Gives the newest snapshot."""

    def newest(self) -> Snapshot | None:
        """The newest one that is whole; None when there is none."""
        ...
