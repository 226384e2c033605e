"""The stores that keep one contract: in memory, on SQLite, on PostgreSQL."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from oakum.adapters.store.events import StoredEvents
from oakum.adapters.store.fleet import StoredFleet
from oakum.adapters.store.ledger import StoredLedger
from oakum.ports.event_store import EventStore
from oakum.ports.fleet import Fleet
from oakum.ports.ledger import Ledger
from oakum.testing.postgres import PostgresServer
from oakum.testing.stores import MemoryEvents, MemoryFleet, MemoryLedger

KINDS = ["memory", "sqlite", pytest.param("postgresql", marks=pytest.mark.live("postgresql"))]


class Ticking:
    """A clock that goes on by a second each time it is asked."""

    def __init__(self) -> None:
        self._at = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self._at += timedelta(seconds=1)
        return self._at


@pytest.fixture(scope="session")
def shared_database(postgres: PostgresServer) -> str:
    """One database for all contracts; each begins with empty tables."""
    return postgres.database()


@pytest.fixture(params=KINDS)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """``memory``, a path, or a URL whose tables are empty."""
    if request.param == "postgresql":
        url: str = request.getfixturevalue("shared_database")
        _empty(url)
        return url
    return "memory" if request.param == "memory" else str(tmp_path / "store.db")


def _empty(url: str) -> None:
    engine = sa.create_engine(url)
    names = [name for name in sa.inspect(engine).get_table_names() if name != "oakum_store"]
    if names:
        with engine.begin() as connection:
            connection.exec_driver_sql(f"truncate {', '.join(names)} restart identity cascade")
    engine.dispose()


@pytest.fixture
def ledger(place: str) -> Iterator[Ledger]:
    one: Ledger = MemoryLedger(Ticking()) if place == "memory" else StoredLedger(place, Ticking())
    yield one
    one.close()


@pytest.fixture
def fleet(place: str) -> Iterator[Fleet]:
    one: Fleet = MemoryFleet() if place == "memory" else StoredFleet(place)
    yield one
    one.close()


@pytest.fixture
def events(place: str, tmp_path: Path) -> Iterator[EventStore]:
    one: EventStore = MemoryEvents() if place == "memory" else StoredEvents(place, str(tmp_path / "segments"))
    yield one
    one.close()
