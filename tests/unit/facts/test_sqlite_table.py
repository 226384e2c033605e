"""Rows of one table, held to what SQLite itself wrote."""

import random
import sqlite3
import tempfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oakum.facts.broken import Broken
from oakum.facts.sqlite_table import Database
from oakum.facts.sqlite_wal import committed_pages
from oakum.kit.errors import DamagedError

SIZES = st.lists(st.one_of(st.integers(0, 600), st.integers(0, 20_000)), max_size=40)


def written(sizes: list[int], page: int, *, gaps: bool = False) -> tuple[bytes, list[bytes]]:
    """A database of blobs of these sizes, some of them deleted again, and what is left."""
    blobs = [random.Random(size).randbytes(size) for size in sizes]  # noqa: S311 - a test wants the same bytes every time
    with tempfile.NamedTemporaryFile() as file:
        made = sqlite3.connect(file.name)
        made.execute(f"PRAGMA page_size = {page}")
        made.execute("CREATE TABLE other (a TEXT, b REAL, c INTEGER)")
        made.execute("CREATE TABLE Packages (hnum INTEGER PRIMARY KEY AUTOINCREMENT, blob BLOB NOT NULL)")
        made.execute("CREATE INDEX other_idx ON other(a)")
        made.executemany("INSERT INTO Packages (blob) VALUES (?)", [(blob,) for blob in blobs])
        made.executemany("INSERT INTO other VALUES (?, 1.5, ?)", [("x" * size, -size) for size in sizes])
        if gaps:
            made.execute("DELETE FROM Packages WHERE hnum % 3 = 0")
        made.commit()
        left = [blob for (blob,) in made.execute("SELECT blob FROM Packages ORDER BY hnum")]
        made.close()
        return file.read(), left


@settings(max_examples=30, deadline=None)
@given(sizes=SIZES, page=st.sampled_from([512, 1024, 4096, 65536]), gaps=st.booleans())
def test_the_rows_are_those_that_sqlite_gives(sizes: list[int], page: int, gaps: bool) -> None:  # noqa: FBT001 - hypothesis
    data, left = written(sizes, page, gaps=gaps)
    assert list(Database(data).blobs("Packages", 1)) == left


@pytest.fixture(scope="module")
def whole() -> bytes:
    return written([10, 3_000, 50, 9_000, 200], 512)[0]


def test_many_rows_make_a_deep_tree() -> None:
    data, left = written([40] * 5_000, 512)
    assert list(Database(data).blobs("Packages", 1)) == left


def test_an_unknown_table_is_said() -> None:
    with pytest.raises(DamagedError, match="no table Nothing"):
        list(Database(written([1], 4096)[0]).blobs("Nothing", 1))


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_damage_ends_and_never_gives_more_than_there_is(whole: bytes, data: st.DataObject) -> None:
    broken = bytearray(whole[: data.draw(st.integers(0, len(whole)))])
    for _ in range(data.draw(st.integers(0, 8))):
        if broken:
            broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    try:
        rows = list(Database(bytes(broken)).blobs("Packages", 1))
    except DamagedError:
        return
    assert sum(len(row) for row in rows if not isinstance(row, Broken)) <= len(broken)


def test_a_page_that_leads_to_itself_is_broken() -> None:
    data = bytearray(written([40] * 500, 512)[0])
    for at in range(512, len(data), 512):
        if data[at] == 5:  # an inner page: its last child becomes itself
            data[at + 8 : at + 12] = (at // 512 + 1).to_bytes(4, "big")
    assert Broken("a page is used twice") in list(Database(bytes(data)).blobs("Packages", 1))


def test_the_log_counts_up_to_its_last_commit() -> None:
    with tempfile.TemporaryDirectory() as folder:
        made = sqlite3.connect(f"{folder}/db", isolation_level=None)
        made.execute("PRAGMA journal_mode = WAL")
        made.execute("CREATE TABLE Packages (hnum INTEGER PRIMARY KEY, blob BLOB)")
        for size in (10, 20_000):
            made.execute("INSERT INTO Packages (blob) VALUES (?)", (bytes(size),))
        with open(f"{folder}/db", "rb") as file, open(f"{folder}/db-wal", "rb") as log:
            data, frames = file.read(), log.read()
        made.close()
    every = list(Database(data, committed_pages(frames)).blobs("Packages", 1))
    assert every == [bytes(10), bytes(20_000)]
    cut = committed_pages(frames[:-1])  # the last frame commits the second row
    assert list(Database(data, cut).blobs("Packages", 1)) == [bytes(10)]
    spoiled = bytearray(frames)
    spoiled[-1] ^= 1
    assert committed_pages(bytes(spoiled)) == cut
    assert committed_pages(b"") == committed_pages(b"\0" * 100) == {}
