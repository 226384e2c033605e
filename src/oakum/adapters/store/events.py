"""Events: compressed chunks in segments that only grow, one segment per host and hour, and an index of the chunks."""

import heapq
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from oakum.adapters.store.database import Database, bulk
from oakum.adapters.store.segments import SegmentFiles, SegmentRows, Segments
from oakum.adapters.store.tables import CHUNK, CHUNK_BODY, CHUNK_CONTAINER, RUN, SEGMENT
from oakum.adapters.store.values import bounded, key, pack
from oakum.kit.archive import zstd
from oakum.kit.errors import UnreadableError
from oakum.kit.limits import EVENT_CHUNK_BYTES
from oakum.model.event import Event

_HOUR: Final = 3600 * 1_000_000_000
_LATEST: Final = (1 << 63) - 1
_events: Final = msgspec.msgpack.Decoder(list[Event]).decode
_JOINED: Final = CHUNK.join(SEGMENT, CHUNK.c.segment == SEGMENT.c.number)


class StoredEvents:
    """Implements ``ports.event_store.EventStore``.

    Args:
        place: path of the index's file, or URL of a PostgreSQL database.
        folder: where the segments' files lie; not used with PostgreSQL, which holds them as rows.
    """

    def __init__(self, place: str, folder: str) -> None:
        """Open it; see ``Database`` for what can be wrong."""
        self._database = Database(place, "events")
        self._segments: Segments = SegmentFiles(folder) if self._database.embedded else SegmentRows()

    def append(self, host: str, run: str, events: Iterable[Event]) -> int:
        """Keep events of a host, each once; they are on the disk when this returns."""
        with self._database.write() as connection:
            reached = _reached(connection, key(host), key(run))
            new = list({one.sequence: one for one in events if one.sequence > reached}.values())
            hours: dict[int, list[Event]] = {}
            for one in sorted(new, key=_order):
                if not 0 <= one.at < _LATEST:
                    raise UnreadableError(f"{one.at} is no time of an event")
                hours.setdefault(one.at // _HOUR, []).append(one)
            for hour, together in hours.items():
                self._put(connection, (key(host), hour), together)
            if new:
                _reach(connection, key(host), key(run), max(one.sequence for one in new))
        return len(new)

    def events(self, *, host: str = "", container: str = "", since: int = 0, until: int = 0) -> Iterator[Event]:
        """In the order of time, from ``since`` to before ``until``; chunks that cannot hold any are not read."""
        with self._database.read() as connection:
            chunks = connection.execute(_asked(host, container, (since, until or _LATEST))).all()
        waiting: list[tuple[tuple[Any, ...], Event]] = []
        for row in chunks:
            yield from _until(waiting, row.first_at)
            with self._database.read() as connection:
                body = self._segments.get(connection, (row.host, row.hour), (row.number, row.start, row.length))
            for one in _unpacked(body):
                if since <= one.at < (until or _LATEST) and container in ("", one.container):
                    heapq.heappush(waiting, ((*_order(one), row.number), one))
        yield from _until(waiting, _LATEST)

    def forget(self, before: int) -> int:
        """Remove segments that end before a moment; give how many."""
        with self._database.write() as connection:
            old = sa.select(SEGMENT.c.number).where(SEGMENT.c.last_at < before)
            chunks = sa.select(CHUNK.c.number).where(CHUNK.c.segment.in_(old))
            for table in (CHUNK_CONTAINER, CHUNK_BODY):
                connection.execute(table.delete().where(table.c.chunk.in_(chunks)))
            connection.execute(CHUNK.delete().where(CHUNK.c.segment.in_(old)))
            removed = connection.execute(SEGMENT.delete().where(SEGMENT.c.last_at < before)).rowcount
        with self._database.write() as connection:  # files go after the index is kept, and while nobody appends
            kept = connection.execute(sa.select(SEGMENT.c.host, SEGMENT.c.hour)).all()
            self._segments.keep_only([(row.host, row.hour) for row in kept])
        return removed

    def close(self) -> None:
        """Let the database go."""
        self._database.close()

    def _put(self, connection: Connection, place: tuple[str, int], events: Sequence[Event]) -> None:
        """Append one chunk: its bytes first, then the row that makes it count."""
        body = zstd.compress(bounded(pack(events), EVENT_CHUNK_BYTES, "a batch of events"), 3)
        last = events[-1].at
        start = self._segments.begin(place)
        row = {"segment": _segment(connection, place, last), "first_at": events[0].at, "last_at": last}
        row |= {"count": len(events), "start": start, "length": len(body)}
        made = connection.execute(CHUNK.insert().values(row)).inserted_primary_key
        number = int(made[0]) if made else 0
        self._segments.put(connection, place, number, body)
        names = sorted({key(one.container) for one in events if one.container})
        statement = "insert into chunk_container (container, chunk) values (?, ?)"
        bulk(connection, statement, [(name, number) for name in names])


def _order(event: Event) -> tuple[int, str, int]:
    return event.at, event.host, event.sequence


def _until(waiting: "list[tuple[tuple[Any, ...], Event]]", moment: int) -> Iterator[Event]:
    """Those that come before everything that was not read yet."""
    while waiting and waiting[0][1].at < moment:
        yield heapq.heappop(waiting)[1]


def _unpacked(body: bytes) -> list[Event]:
    return _events(zstd.ZstdDecompressor().decompress(body, EVENT_CHUNK_BYTES)) if body else []


def _asked(host: str, container: str, times: tuple[int, int]) -> "sa.Select[Any]":
    columns = (CHUNK.c.number, CHUNK.c.start, CHUNK.c.length, CHUNK.c.first_at, SEGMENT.c.host, SEGMENT.c.hour)
    asked = sa.select(*columns).select_from(_JOINED).where(CHUNK.c.last_at >= times[0], CHUNK.c.first_at < times[1])
    if host:
        asked = asked.where(SEGMENT.c.host == key(host))
    if container:
        holds = sa.select(CHUNK_CONTAINER.c.chunk).where(CHUNK_CONTAINER.c.container == key(container))
        asked = asked.where(CHUNK.c.number.in_(holds))
    return asked.order_by(CHUNK.c.first_at, CHUNK.c.number)


def _reached(connection: Connection, host: str, run: str) -> int:
    """The highest sequence that was kept of a run; sequences count from 0."""
    found = connection.execute(sa.select(RUN.c.sequence).where(RUN.c.host == host, RUN.c.run == run)).scalar()
    return -1 if found is None else found


def _reach(connection: Connection, host: str, run: str, sequence: int) -> None:
    connection.execute(RUN.delete().where(RUN.c.host == host, RUN.c.run == run))
    connection.execute(RUN.insert().values(host=host, run=run, sequence=sequence))


def _segment(connection: Connection, place: tuple[str, int], last: int) -> int:
    """The number of a segment, which now reaches at least until a moment."""
    which = (SEGMENT.c.host == place[0]) & (SEGMENT.c.hour == place[1])
    had = connection.execute(sa.select(SEGMENT.c.number, SEGMENT.c.last_at).where(which)).first()
    if had is None:
        made = connection.execute(
            SEGMENT.insert().values(host=place[0], hour=place[1], last_at=last)
        ).inserted_primary_key
        return int(made[0]) if made else 0
    connection.execute(SEGMENT.update().where(which).values(last_at=max(last, had.last_at)))
    return int(had.number)
