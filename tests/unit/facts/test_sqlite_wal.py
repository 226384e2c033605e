"""The write-ahead log; what SQLite itself writes is read in ``test_sqlite_table.py``."""

import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oakum.facts.sqlite_wal import committed_pages


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("wal")
    made = sqlite3.connect(path / "db", isolation_level=None)
    made.execute("PRAGMA page_size = 512")
    made.execute("PRAGMA journal_mode = WAL")
    made.execute("CREATE TABLE t (a)")
    made.execute("INSERT INTO t VALUES (?)", (bytes(2_000),))
    data = (path / "db-wal").read_bytes()
    made.close()
    return data


def test_pages_have_the_size_that_the_log_says(log: bytes) -> None:
    pages = committed_pages(log)
    assert pages
    assert {len(page) for page in pages.values()} == {512}


def test_another_salt_ends_the_log(log: bytes) -> None:
    salted = bytearray(log)
    salted[16] ^= 1
    assert committed_pages(bytes(salted)) == {}


@settings(max_examples=100, deadline=None)
@given(at=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_a_flipped_bit_never_adds_a_page(log: bytes, at: int, bit: int) -> None:
    flipped = bytearray(log)
    flipped[at % len(log)] ^= 1 << bit
    assert committed_pages(bytes(flipped)).keys() <= committed_pages(log).keys()
