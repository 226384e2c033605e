"""Hosts, and the containers that run or ran on them."""

from collections.abc import Iterable
from typing import Any, Final

import msgspec
import sqlalchemy as sa

from oakum.adapters.store.database import Database, bulk
from oakum.adapters.store.tables import CONTAINER, HOST
from oakum.adapters.store.values import cursor, key, moment, pack, place
from oakum.model.fleet import Container, Host

_RUNS: Final = frozenset({"running", "paused", "restarting"})
_host: Final = msgspec.msgpack.Decoder(Host).decode
_container: Final = msgspec.msgpack.Decoder(Container).decode
_KEEP: Final = """
insert into container (id, host, name, image_id, digest, runs, since, stopped, body)
values (?, ?, ?, ?, ?, ?, ?, ?, ?)
on conflict (id) do update set
    host = excluded.host, name = excluded.name, image_id = excluded.image_id, digest = excluded.digest,
    runs = excluded.runs, since = excluded.since, stopped = excluded.stopped, body = excluded.body
"""


class Containers:
    """The part of ``ports.fleet.Fleet`` that keeps hosts and containers."""

    _database: Database

    def keep_host(self, host: Host) -> None:
        """Keep a host, or its change."""
        with self._database.write() as connection:
            connection.execute(HOST.delete().where(HOST.c.id == key(host.id)))
            connection.execute(HOST.insert().values(id=key(host.id), name=key(host.name), body=pack(host)))

    def hosts(self) -> list[Host]:
        """Every host, by name."""
        with self._database.read() as connection:
            return [
                _host(row.body) for row in connection.execute(sa.select(HOST.c.body).order_by(HOST.c.name, HOST.c.id))
            ]

    def keep_containers(self, containers: Iterable[Container]) -> None:
        """Keep containers, or their changes."""
        rows = [_row(container) for container in containers]
        with self._database.write() as connection:
            bulk(connection, _KEEP, rows)

    def container(self, id_: str) -> Container | None:
        """A container by any unambiguous beginning of its id, or its name; the newest of several."""
        text = key(id_)
        begins = CONTAINER.c.id.startswith(text, autoescape=True)
        newest = sa.select(CONTAINER.c.body).order_by(CONTAINER.c.since.desc(), CONTAINER.c.id.desc())
        with self._database.read() as connection:
            for which in (CONTAINER.c.id == text, CONTAINER.c.name == text):
                found = connection.execute(newest.where(which).limit(1)).scalar()
                if text and found is not None:
                    return _container(found)
            several = connection.execute(newest.where(begins).limit(2)).scalars().all()
        return _container(several[0]) if text and len(several) == 1 else None

    def containers(
        self, *, at: str = "", image_id: str = "", host: str = "", after: str = "", limit: int = 100
    ) -> tuple[list[Container], str]:
        """Those that run now, or ran at a moment; the newest first, with the cursor of the next page."""
        asked = sa.select(CONTAINER.c.since, CONTAINER.c.id, CONTAINER.c.body).where(_when(at))
        if image_id:
            asked = asked.where(CONTAINER.c.image_id == key(image_id))
        if host:
            asked = asked.where(CONTAINER.c.host == key(host))
        if after:
            since, id_ = place(after)
            same = (CONTAINER.c.since == since) & (CONTAINER.c.id < id_)
            asked = asked.where((CONTAINER.c.since < since) | same)
        order = (CONTAINER.c.since.desc(), CONTAINER.c.id.desc())
        with self._database.read() as connection:
            rows = connection.execute(asked.order_by(*order).limit(limit + 1)).all()
        following = cursor(rows[limit - 1].since, rows[limit - 1].id) if len(rows) > limit else ""
        return [_container(row.body) for row in rows[:limit]], following

    def _forget_containers(self, before: int) -> int:
        ended = (CONTAINER.c.runs == 0) & (CONTAINER.c.stopped > 0) & (CONTAINER.c.stopped < before)
        with self._database.write() as connection:
            return connection.execute(CONTAINER.delete().where(ended)).rowcount


def _when(at: str) -> "sa.ColumnElement[bool]":
    """Which containers run, or ran at a moment: from their start to before their end."""
    if not at:
        return CONTAINER.c.runs == 1
    then = moment(at)
    ended = (CONTAINER.c.stopped > then) | (CONTAINER.c.runs == 1)
    return (CONTAINER.c.since > 0) & (CONTAINER.c.since <= then) & ended


def _row(container: Container) -> tuple[Any, ...]:
    names = (container.id, container.host, container.name, container.image_id, container.digest)
    times = (moment(container.started), moment(container.stopped))
    return (*map(key, names), int(container.state in _RUNS), *times, pack(container))
