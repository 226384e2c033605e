"""Which adapters make the stores' ports real; a part of the wiring that no scan loads."""

import os
from typing import TYPE_CHECKING, Final

from oakum.apps.wiring import clock

if TYPE_CHECKING:
    from oakum.ports.audit_export import AuditExport
    from oakum.ports.event_store import EventStore
    from oakum.ports.fleet import Fleet
    from oakum.ports.ledger import Ledger
    from oakum.ports.telling import Telling

LEDGER: Final = "ledger.db"
FLEET: Final = "fleet.db"
EVENTS: Final = "events.db"
AUDIT_EXPORT: Final = "audit-heads.jsonl"
AUDIT_KEY: Final = "audit.key"
"""What lies in a state folder."""


def open_ledger(state: str, export: str = "") -> "Ledger":
    """The ledger in a state folder, to be written; its audit trail's heads are signed and exported.

    Raises:
        OakumError: it cannot be used.
    """
    from oakum.adapters.store.audit_export import AuditSigner  # noqa: PLC0415 - help is answered without it
    from oakum.adapters.store.ledger import StoredLedger  # noqa: PLC0415 - as above

    now = clock().now
    try:
        os.makedirs(state, mode=0o700, exist_ok=True)
    except OSError as error:
        from oakum.kit.errors import NotPermittedError  # noqa: PLC0415 - only where it fails

        raise NotPermittedError(f"{state} cannot be made: {error.strerror}", "--state names another folder") from None
    signer = AuditSigner(export or os.path.join(state, AUDIT_EXPORT), os.path.join(state, AUDIT_KEY), now)
    ledger = StoredLedger(os.path.join(state, LEDGER), now, signer)
    head = ledger.head()
    if head is not None:  # what was kept since the last signed head is signed now, also after a crash
        signer.sign(head)
    return ledger


def look_at_ledger(state: str) -> "Ledger":
    """The ledger in a state folder, to be read.

    Raises:
        OakumError: it is not there, or cannot be used.
    """
    from oakum.adapters.store.ledger import StoredLedger  # noqa: PLC0415 - as above

    return StoredLedger(os.path.join(state, LEDGER), clock().now, looking=True)


def audit_export(path: str, key: str) -> "AuditExport":
    """The exported heads of an audit trail, held to a public key.

    Raises:
        ConfigurationError: the key is none.
    """
    from oakum.adapters.store.audit_export import ExportFile  # noqa: PLC0415 - as above

    return ExportFile(path, key)


def open_fleet(state: str) -> "Fleet":
    """The fleet in a state folder, to be written.

    Raises:
        OakumError: it cannot be used.
    """
    from oakum.adapters.store.fleet import StoredFleet  # noqa: PLC0415 - as above

    return StoredFleet(os.path.join(state, FLEET))


def look_at_fleet(state: str) -> "Fleet":
    """The fleet in a state folder, to be read.

    Raises:
        OakumError: it is not there, or cannot be used.
    """
    from oakum.adapters.store.fleet import StoredFleet  # noqa: PLC0415 - as above

    return StoredFleet(os.path.join(state, FLEET), looking=True)


def open_events(state: str) -> "EventStore":
    """The events in a state folder, to be written.

    Raises:
        OakumError: it cannot be used.
    """
    from oakum.adapters.store.events import StoredEvents  # noqa: PLC0415 - as above

    return StoredEvents(os.path.join(state, EVENTS), os.path.join(state, "events"))


def telling() -> "Telling":
    """What posts to those who are told."""
    from oakum.adapters.notice_sender import NoticeSender  # noqa: PLC0415 - for the server alone

    return NoticeSender()
