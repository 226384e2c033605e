"""Every migration, on both databases, makes the tables that the code uses."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from oakum.adapters.store import tables
from oakum.adapters.store.database import Database
from oakum.adapters.store.migrations import STEPS, migrate
from oakum.kit.errors import ConfigurationError

STORES = {"ledger": tables.LEDGER, "fleet": tables.FLEET, "events": tables.EVENTS}

BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.live("postgresql"))]


@pytest.fixture(params=BOTH)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Gives places of empty databases of one kind."""
    made = iter(range(100))
    server = request.getfixturevalue("postgres") if request.param == "postgresql" else None
    return lambda: server.database() if server else str(tmp_path / f"{next(made)}.db")


def _engine(place: str) -> sa.Engine:
    return sa.create_engine(place if "://" in place else f"sqlite+pysqlite:///{place}")


def _columns(inspector: sa.Inspector, table: str) -> dict[str, tuple[str, bool]]:
    """Name, kind and whether it may be null, of each column."""
    found = {}
    for column in inspector.get_columns(table):
        kind = column["type"].as_generic()
        found[column["name"]] = (_kind(kind), column["nullable"])
    return found


def _kind(kind: sa.types.TypeEngine[object]) -> str:
    families = {sa.Integer: "int", sa.LargeBinary: "blob", sa.String: "text"}
    return next(name for family, name in families.items() if isinstance(kind, family))


@pytest.mark.parametrize("store", STORES)
def test_the_steps_make_the_tables_that_the_code_uses(store: str, empty: Callable[[], str]) -> None:
    place = empty()
    Database(place, store).close()
    engine = _engine(place)
    inspector = sa.inspect(engine)
    assert set(inspector.get_table_names()) == {*STORES[store].tables, "oakum_store"} - {"sqlite_sequence"}
    for name, table in STORES[store].tables.items():
        key = inspector.get_pk_constraint(name)["constrained_columns"]
        used = {one.name: (_kind(one.type), bool(one.nullable)) for one in table.columns}
        found = _columns(inspector, name)
        # SQLite lets a primary key that is no number be null unless told; what is in a key is never null here
        assert {column: kind for column, (kind, _) in found.items()} == {c: kind for c, (kind, _) in used.items()}, name
        assert [c for c, (_, null) in found.items() if null and c not in key] == [], name
        assert set(key) == {column.name for column in table.primary_key}, name
    engine.dispose()


@pytest.mark.parametrize("store", STORES)
def test_each_step_can_be_taken_alone_and_only_once(store: str, empty: Callable[[], str]) -> None:
    engine = _engine(empty())
    for until in range(1, len(STEPS[store]) + 1):
        with engine.begin() as connection:
            assert migrate(connection, store, until) == until - 1
    with engine.begin() as connection:
        assert migrate(connection, store) == len(STEPS[store])
    engine.dispose()


@pytest.mark.parametrize("store", STORES)
def test_a_newer_store_is_left_alone(store: str, empty: Callable[[], str]) -> None:
    place = empty()
    Database(place, store).close()
    engine = _engine(place)
    with engine.begin() as connection:
        connection.execute(sa.text("update oakum_store set version = 99"))
    with pytest.raises(ConfigurationError, match="has version 99"):
        Database(place, store)
    with pytest.raises(ConfigurationError, match="has version 99"):
        Database(place, store, looking=True)
    engine.dispose()


def test_the_stores_share_one_postgresql_database(empty: Callable[[], str]) -> None:
    place = empty()
    for store in STORES:
        Database(place, store).close()
        Database(place, store, looking=True).close()


def test_looking_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="there is no fleet at"):
        Database(str(tmp_path / "fleet.db"), "fleet", looking=True)
    assert os.listdir(tmp_path) == []


def test_the_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    database = Database(str(tmp_path / "state" / "ledger.db"), "ledger")
    assert {os.stat(tmp_path / "state" / name).st_mode & 0o777 for name in os.listdir(tmp_path / "state")} == {0o600}
    assert os.stat(tmp_path / "state").st_mode & 0o777 == 0o700
    database.close()


def test_what_is_no_database_is_said(tmp_path: Path) -> None:
    (tmp_path / "ledger.db").write_bytes(b"no database at all, and long enough to be looked at" * 10)
    with pytest.raises(ConfigurationError, match="not a database"):
        Database(str(tmp_path / "ledger.db"), "ledger")
