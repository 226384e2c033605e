"""The outbox: what is to be told, and to whom it still has to be said."""

from typing import Any, Final

import msgspec
import sqlalchemy as sa

from oakum.adapters.store.database import Database, bulk
from oakum.adapters.store.tables import DELIVERY, NOTICE
from oakum.adapters.store.values import iso, key, moment, pack, storable
from oakum.model.ledger import Delivery, Notice

_LEASE: Final = 60 * 1_000_000
"""Microseconds in which nobody else tries a delivery that was handed out."""
_WAITING: Final = "waiting"
_decode: Final = msgspec.msgpack.Decoder(Notice).decode
_JOINED: Final = DELIVERY.join(NOTICE, DELIVERY.c.notice == NOTICE.c.key)
_ASKED: Final = sa.select(DELIVERY, NOTICE.c.body).select_from(_JOINED)


class Outbox:
    """The part of ``ports.ledger.Ledger`` that keeps deliveries."""

    _database: Database

    def enqueue(self, notice: Notice, receivers: tuple[str, ...]) -> int:
        """Put a notice into the outbox of each receiver that has not got it."""
        name, at = key(notice.key), moment(notice.at)
        with self._database.write() as connection:
            bulk(connection, "insert into notice values (?, ?, ?) on conflict do nothing", [(name, at, pack(notice))])
            had = connection.execute(sa.select(DELIVERY.c.receiver).where(DELIVERY.c.notice == name)).scalars().all()
            new = [one for one in dict.fromkeys(map(key, receivers)) if one not in had]
            statement = (
                "insert into delivery (notice, receiver, tries, due, error, state) values (?, ?, 0, ?, '', 'waiting')"
            )
            bulk(connection, statement, [(name, receiver, at) for receiver in new])
        return len(new)

    def due(self, now: str, limit: int = 100) -> list[Delivery]:
        """Deliveries that wait and may be tried now, the oldest first; each is leased for a minute."""
        at = moment(now)
        ready = _ASKED.where(DELIVERY.c.state == _WAITING, DELIVERY.c.due <= at)
        with self._database.write() as connection:
            rows = connection.execute(ready.order_by(DELIVERY.c.due, DELIVERY.c.id).limit(limit)).all()
            leased = [(at + _LEASE, row.id) for row in rows]
            bulk(connection, "update delivery set due = ? where id = ?", leased)
        return [_delivery(row) for row in rows]

    def deliveries(self, *, state: str = "", limit: int = 100) -> list[Delivery]:
        """Deliveries of any state, the newest first."""
        asked = _ASKED.order_by(DELIVERY.c.id.desc()).limit(limit)
        with self._database.read() as connection:
            rows = connection.execute(asked.where(DELIVERY.c.state == state) if state else asked).all()
        return [_delivery(row) for row in rows]

    def delivered(self, id_: int) -> None:
        """A receiver has taken it."""
        self._change(id_, state="delivered", tries=DELIVERY.c.tries + 1, error="")

    def failed(self, id_: int, error: str, due: str, *, dead: bool) -> None:
        """A receiver has not; try again later, or never."""
        state = "dead" if dead else _WAITING
        self._change(id_, state=state, tries=DELIVERY.c.tries + 1, error=storable(error), due=moment(due))

    def _change(self, id_: int, **values: Any) -> None:  # noqa: ANN401 - values and expressions
        """What has ended stays as it ended."""
        waiting = (DELIVERY.c.id == id_) & (DELIVERY.c.state == _WAITING)
        with self._database.write() as connection:
            connection.execute(DELIVERY.update().where(waiting).values(**values))

    def _forget_deliveries(self, before: int) -> int:
        """Remove what has ended and is old, and notices that nobody waits for."""
        ended = (DELIVERY.c.state != _WAITING) & DELIVERY.c.notice.in_(
            sa.select(NOTICE.c.key).where(NOTICE.c.at < before)
        )
        with self._database.write() as connection:
            removed = connection.execute(DELIVERY.delete().where(ended)).rowcount
            unnamed = NOTICE.c.key.not_in(sa.select(DELIVERY.c.notice))
            connection.execute(NOTICE.delete().where(unnamed, NOTICE.c.at < before))
        return removed


def _delivery(row: Any) -> Delivery:  # noqa: ANN401 - a row of the join
    return Delivery(row.id, row.receiver, _decode(row.body), row.tries, iso(row.due), row.error, row.state)
