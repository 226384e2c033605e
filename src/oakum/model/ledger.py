"""What the ledger keeps: who did what, what is to be told to whom, and who may ask."""

import hashlib
from typing import Any

import msgspec
from msgspec import Struct


class AuditEntry(Struct, frozen=True):
    """A row of the audit trail; each holds the hash of the one before it.

    Attributes:
        number: counts from 1 without holes.
        at: when (ISO 8601, UTC).
        actor: who: ``token:ci``, ``agent:HOST``, ``system``.
        action: ``token.created``, ``policy.set``, ``judgement.made``, ``access.refused`` ...
        target: what it was done to.
        detail: more, as plain values; no secrets.
        before: hash of the entry before, 64 zeros for the first.
        hash: SHA-256 of this entry with all its other fields.
    """

    number: int
    at: str
    actor: str
    action: str
    target: str
    detail: dict[str, Any] = {}
    before: str = "0" * 64
    hash: str = ""


def entry_hash(entry: AuditEntry) -> str:
    """SHA-256 of an entry's fields but ``hash``, as JSON with sorted names, without blanks, in UTF-8."""
    fields = {name: getattr(entry, name) for name in entry.__struct_fields__ if name != "hash"}
    return hashlib.sha256(msgspec.json.encode(fields, order="sorted")).hexdigest()


class SignedHead(Struct, frozen=True):
    """A line of the export: what the last entry of the audit trail was at a time, signed by the server.

    Attributes:
        number: of the entry.
        hash: of the entry.
        at: when it was exported (ISO 8601, UTC).
        signature: Ed25519 over ``head_words``, base64.
    """

    number: int
    hash: str
    at: str
    signature: str = ""


def head_words(head: SignedHead) -> bytes:
    """What the signature of a head is about: its number, hash and time as JSON with sorted names, without blanks."""
    return msgspec.json.encode({"at": head.at, "hash": head.hash, "number": head.number}, order="sorted")


class Notice(Struct, frozen=True):
    """Something that people outside are to be told.

    Attributes:
        key: idempotency key: the same thing told twice has the same.
        kind: as of the incident.
        title: one sentence.
        text: more, plain.
        link: to the console's page, or empty.
        at: when it happened (ISO 8601).
        facts: names and values for formats that show them.
    """

    key: str
    kind: str
    title: str
    text: str = ""
    link: str = ""
    at: str = ""
    facts: dict[str, str] = {}


class Delivery(Struct, frozen=True):
    """A notice on its way to one receiver.

    Attributes:
        id: of the delivery.
        receiver: name of the receiver, as configured.
        notice: what is told.
        tries: how often it was tried.
        due: not before (ISO 8601).
        error: what went wrong the last time.
        state: ``waiting``, ``delivered``, ``dead``.
    """

    id: int
    receiver: str
    notice: Notice
    tries: int = 0
    due: str = ""
    error: str = ""
    state: str = "waiting"


class Token(Struct, frozen=True):
    """Who may ask the server.

    Attributes:
        name: of the token.
        role: ``admin``, ``agent``, ``gate``, ``reader``.
        hash: SHA-256 of the secret; the secret itself is shown once and kept nowhere.
        created: when (ISO 8601).
        expires: when (ISO 8601), or empty.
        revoked: when, or empty.
    """

    name: str
    role: str
    hash: str
    created: str = ""
    expires: str = ""
    revoked: str = ""
