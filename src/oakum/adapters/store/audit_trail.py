"""The audit trail: rows of which each holds the hash of the one before it."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final

import msgspec
import sqlalchemy as sa
from msgspec.structs import replace

from oakum.adapters.store.database import Database
from oakum.adapters.store.tables import AUDIT
from oakum.adapters.store.values import storable
from oakum.model.ledger import AuditEntry, entry_hash

_FIRST: Final = AuditEntry(0, "", "", "", "", hash="0" * 64)
"""Stands before the first entry."""


class AuditTrail:
    """The part of ``ports.ledger.Ledger`` that keeps the audit trail."""

    _database: Database
    _now: Callable[[], datetime]
    _exported: Callable[[AuditEntry], None] | None

    def audit(self, actor: str, action: str, target: str, detail: dict[str, Any]) -> AuditEntry:
        """Append to the audit trail; the writers' lock makes one chain of it."""
        with self._database.write() as connection:
            before = self.head() or _FIRST
            at = self._now().astimezone(UTC).isoformat(timespec="microseconds")
            said = (storable(actor), storable(action), storable(target), _clean(detail))
            entry = AuditEntry(before.number + 1, at, *said, before=before.hash)
            entry = replace(entry, hash=entry_hash(entry))
            row = {name: getattr(entry, name) for name in entry.__struct_fields__}
            row["detail"] = msgspec.json.encode(entry.detail, order="sorted").decode()
            connection.execute(AUDIT.insert().values(row))
            exported = self._exported
            if exported is not None:
                self._database.after_commit(lambda: exported(entry))
        return entry

    def head(self) -> AuditEntry | None:
        """The last entry, or None."""
        with self._database.read() as connection:
            last = connection.execute(sa.select(AUDIT).order_by(AUDIT.c.number.desc()).limit(1)).first()
        return None if last is None else _entry(last)

    def trail(self, *, after: int = 0, limit: int = 1000) -> list[AuditEntry]:
        """Entries in order, from the one after a number on."""
        asked = sa.select(AUDIT).where(AUDIT.c.number > after).order_by(AUDIT.c.number).limit(limit)
        with self._database.read() as connection:
            return [_entry(row) for row in connection.execute(asked)]


def _entry(row: Any) -> AuditEntry:  # noqa: ANN401 - a row of any database
    """A row as an entry; a detail that is no JSON any more cannot have the hash that the row states."""
    try:
        detail = msgspec.json.decode(row.detail, type=dict[str, Any])
    except msgspec.MsgspecError:
        detail = {"damaged": row.detail}
    return AuditEntry(row.number, row.at, row.actor, row.action, row.target, detail, row.before, row.hash)


def _clean(value: Any) -> Any:  # noqa: ANN401 - plain values of any depth
    """Plain values as they come back from JSON, so that the hash is the same before and after."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {storable(str(name)): _clean(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(one) for one in value]
    return value
