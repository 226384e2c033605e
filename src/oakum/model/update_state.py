"""What the last update of a database saw."""

from msgspec import Struct


class Validators(Struct, frozen=True):
    """What a server said of a file's revision (RFC 9110, section 8.8), to ask it for nothing else than a newer one.

    Attributes:
        etag: as it stood in ``ETag``, or empty.
        modified: as it stood in ``Last-Modified``, or empty.
    """

    etag: str = ""
    modified: str = ""


class UpdateState(Struct, frozen=True):
    """The state of a database's sources.

    Attributes:
        digest: identity of the database.
        checked: when its sources were compared with where they come from (ISO 8601, UTC).
        base: where they come from.
        files: what the server said, by path below the base; none for a folder.
    """

    digest: str
    checked: str
    base: str = ""
    files: dict[str, Validators] = {}
