"""Waivers: what somebody accepted, with a reason and until a moment."""

from msgspec import Struct

NEVER = "never"
"""The end of a waiver that has none."""

ASKED = "asked"
APPROVED = "approved"
REFUSED = "refused"
REVOKED = "revoked"
"""What became of a waiver that somebody asked a server for."""


class Waiver(Struct, frozen=True):
    """Something that is accepted: a vulnerability, or what a policy says.

    Attributes:
        id: of the vulnerability, or an alias of it; empty for all that the policy says.
        reason: why it is accepted.
        expires: the last day on which it holds, or the moment at which it ends (ISO 8601, with a time), or ``never``.
        package: name or package URL (with or without version) that it is limited to, or empty.
        path: glob of the file that it is limited to, or empty.
        origin: where it stands: file and line, or the server's id for it.
        policy: name of the policy that it is limited to, or empty.
        images: globs of image references that it is limited to.
        digest: of the image that it is limited to, or empty.
        approved_by: who answers for it, where that is proven: somebody else than who asked, or the signer of a commit.
        asked_by: who asked for it, or empty.
        ticket: where more is said of it, or empty.
    """

    id: str
    reason: str
    expires: str
    package: str = ""
    path: str = ""
    origin: str = ""
    policy: str = ""
    images: tuple[str, ...] = ()
    digest: str = ""
    approved_by: str = ""
    asked_by: str = ""
    ticket: str = ""


class WaiverRecord(Struct, frozen=True):
    """A waiver that a server was asked for, and what became of it.

    Attributes:
        id: the server's.
        waiver: what was asked for.
        state: ``asked``, ``approved``, ``refused`` or ``revoked``; one whose moment has passed holds no longer.
        asked_at: when (ISO 8601).
        decided_by: who approved, refused or revoked it, or empty.
        decided_at: when, or empty.
        note: what they said.
    """

    id: str
    waiver: Waiver
    state: str = ASKED
    asked_at: str = ""
    decided_by: str = ""
    decided_at: str = ""
    note: str = ""
