"""The ledger: what must not be lost."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime

from oakum.adapters.store.access import Access
from oakum.adapters.store.audit_trail import AuditTrail
from oakum.adapters.store.database import Database
from oakum.adapters.store.judgements import Judgements
from oakum.adapters.store.outbox import Outbox
from oakum.adapters.store.values import moment
from oakum.model.ledger import AuditEntry


class StoredLedger(Judgements, AuditTrail, Outbox, Access):
    """Implements ``ports.ledger.Ledger``.

    Args:
        place: path of its file, or URL of a PostgreSQL database.
        now: tells the time.
        exported: is told each entry of the audit trail once it is kept.
        looking: only look.
    """

    def __init__(
        self,
        place: str,
        now: Callable[[], datetime],
        exported: Callable[[AuditEntry], None] | None = None,
        *,
        looking: bool = False,
    ) -> None:
        """Open it; see ``Database`` for what can be wrong."""
        self._database = Database(place, "ledger", looking=looking)
        self._now = now
        self._exported = exported

    @property
    def trouble(self) -> str:
        """Why the audit trail's head could not be exported the last time, or empty."""
        return getattr(self._exported, "trouble", "")

    def together(self) -> AbstractContextManager[object]:
        """Make everything that this thread changes inside one transaction."""
        return self._database.write()

    def forget(self, before: str) -> int:
        """Remove judgements and ended deliveries from before a moment; the audit trail stays whole."""
        with self.together():
            return self._forget_judgements(moment(before)) + self._forget_deliveries(moment(before))

    def close(self) -> None:
        """Let the database go."""
        self._database.close()
