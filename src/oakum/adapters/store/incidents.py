"""Incidents: what needs somebody."""

from typing import Final

import msgspec
import sqlalchemy as sa

from oakum.adapters.store.database import Database
from oakum.adapters.store.tables import INCIDENT
from oakum.adapters.store.values import cursor, key, moment, pack, place
from oakum.model.fleet import Incident

_decode: Final = msgspec.msgpack.Decoder(Incident).decode


class Incidents:
    """The part of ``ports.fleet.Fleet`` that keeps incidents."""

    _database: Database

    def keep_incident(self, incident: Incident) -> bool:
        """Keep an incident, or its change; whether it is new."""
        id_ = key(incident.id)
        row = {"id": id_, "at": moment(incident.at), "container": key(incident.container), "state": incident.state}
        with self._database.write() as connection:
            had = connection.execute(INCIDENT.delete().where(INCIDENT.c.id == id_)).rowcount
            connection.execute(INCIDENT.insert().values(**row, body=pack(incident)))
        return had == 0

    def incident(self, id_: str) -> Incident | None:
        """An incident by its id, or None."""
        with self._database.read() as connection:
            found = connection.execute(sa.select(INCIDENT.c.body).where(INCIDENT.c.id == key(id_))).scalar()
        return None if found is None else _decode(found)

    def incidents(
        self, *, container: str = "", state: str = "", after: str = "", limit: int = 100
    ) -> tuple[list[Incident], str]:
        """The newest first, with the cursor of the next page."""
        asked = sa.select(INCIDENT.c.at, INCIDENT.c.id, INCIDENT.c.body)
        if container:
            asked = asked.where(INCIDENT.c.container == key(container))
        if state:
            asked = asked.where(INCIDENT.c.state == state)
        if after:
            at, id_ = place(after)
            asked = asked.where((INCIDENT.c.at < at) | ((INCIDENT.c.at == at) & (INCIDENT.c.id < id_)))
        with self._database.read() as connection:
            rows = connection.execute(asked.order_by(INCIDENT.c.at.desc(), INCIDENT.c.id.desc()).limit(limit + 1)).all()
        following = cursor(rows[limit - 1].at, rows[limit - 1].id) if len(rows) > limit else ""
        return [_decode(row.body) for row in rows[:limit]], following

    def _forget_incidents(self, before: int) -> int:
        closed = (INCIDENT.c.state == "closed") & (INCIDENT.c.at < before)
        with self._database.write() as connection:
            return connection.execute(INCIDENT.delete().where(closed)).rowcount
