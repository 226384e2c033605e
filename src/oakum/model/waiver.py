"""Waivers: findings that somebody accepted, with a reason and until a day."""

from msgspec import Struct


class Waiver(Struct, frozen=True):
    """An accepted finding.

    Attributes:
        id: of the vulnerability, or an alias of it.
        reason: why it is accepted.
        expires: the last day on which it holds (ISO 8601), or ``never``.
        package: name or package URL (with or without version) that it is limited to, or empty.
        path: glob of the file that it is limited to, or empty.
        origin: where it stands: file and line.
    """

    id: str
    reason: str
    expires: str
    package: str = ""
    path: str = ""
    origin: str = ""
