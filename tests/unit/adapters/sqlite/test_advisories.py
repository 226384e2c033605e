import threading
from pathlib import Path

import apsw
import pytest

from oakum.adapters.sqlite.advisories import AdvisoryDatabase
from oakum.adapters.sqlite.advisory_builder import AdvisoryBuilder
from oakum.kit.errors import ConfigurationError
from oakum.model.advisory import Advisory, AdvisoryKey, DatabaseInfo, Exploited
from oakum.model.scheme import Scheme
from oakum.ports.advisory_writer import SCHEMA

KEY = AdvisoryKey("Test", "a", "1")


def no_scheme(ecosystem: str) -> Scheme | None:
    del ecosystem
    return None


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write(tmp_path / "a.db", "A")


def write(path: Path, advisory_id: str) -> Path:
    with AdvisoryBuilder(str(path), no_scheme) as writer:
        for number in range(300):
            writer.add(Advisory(f"{advisory_id}-{number}", "osv:Test", "Test", "a"))
        writer.finish(DatabaseInfo("sha256:1", "2026-01-01T00:00:00Z", 1))
    return path


def refuse(path: Path, words: str) -> None:
    with pytest.raises(ConfigurationError, match=words) as refused:
        AdvisoryDatabase(str(path), no_scheme)
    assert str(path) in str(refused.value)
    assert "oakum db update" in refused.value.hint


def test_a_missing_file(tmp_path: Path) -> None:
    refuse(tmp_path / "none.db", "there is no advisory database")


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="cannot be read"):
        AdvisoryDatabase(str(tmp_path), no_scheme)


@pytest.mark.parametrize("content", [b"", b"x", b"SQLite format 3\0", b"\0" * 4096, b"<html>" * 1000])
def test_a_foreign_file(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.db").write_bytes(content)
    refuse(tmp_path / "x.db", "no advisory database of Oakum")


def test_a_foreign_database(tmp_path: Path) -> None:
    with apsw.Connection(str(tmp_path / "x.db")) as connection:
        connection.execute("CREATE TABLE meta (name, value)")
    refuse(tmp_path / "x.db", "no advisory database of Oakum")


def test_a_database_of_an_older_program_says_how_to_make_it_anew(path: Path) -> None:
    apsw.Connection(str(path)).execute(f"PRAGMA user_version = {SCHEMA - 1}")
    refuse(path, f"was made by an older Oakum .form {SCHEMA - 1}; this one reads {SCHEMA}.")


def test_a_database_of_a_newer_program_is_not_to_be_made_anew(path: Path) -> None:
    apsw.Connection(str(path)).execute("PRAGMA user_version = 999")
    with pytest.raises(ConfigurationError, match="was made by a newer Oakum") as refused:
        AdvisoryDatabase(str(path), no_scheme)
    assert "--db" in refused.value.hint
    assert "db update" not in refused.value.hint


def test_what_two_sources_know_of_an_exploitation_is_joined(tmp_path: Path) -> None:
    with AdvisoryBuilder(str(tmp_path / "b.db"), no_scheme) as writer:
        writer.add(Advisory("A", "osv:Test", "Test", "a"))
        writer.add_exploited("CVE-1", Exploited("2026-01-02"), "cve_records")
        writer.add_exploited("CVE-1", Exploited("", 0.5, 0.9), "epss")
        writer.add_exploited("CVE-1", Exploited("2026-01-01"), "kev")
        writer.finish(DatabaseInfo("sha256:1", "2026-01-01T00:00:00Z", 1))
    known = AdvisoryDatabase(str(tmp_path / "b.db"), no_scheme).exploited(["CVE-1"])
    assert known == {"CVE-1": Exploited("2026-01-01", 0.5, 0.9)}


def test_a_database_that_is_cut_off(path: Path) -> None:
    content = path.read_bytes()
    for length in (len(content) - 1, len(content) // 2, 4096, 100):
        path.write_bytes(content[:length])
        refuse(path, "cut off")


def test_a_database_that_was_not_finished(path: Path) -> None:
    apsw.Connection(str(path)).execute("DELETE FROM meta WHERE name = 'complete'")
    refuse(path, "not written to its end")


def test_a_database_with_damaged_pages(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[100:] = b"\xff" * (len(content) - 100)
    path.write_bytes(content)
    refuse(path, "damaged")


def test_damaged_rows_are_found_when_they_are_read(path: Path) -> None:
    apsw.Connection(str(path)).execute("UPDATE affected SET body = x'ff00' WHERE number = 3")
    with pytest.raises(ConfigurationError, match="damaged"):
        AdvisoryDatabase(str(path), no_scheme).lookup([KEY])


def test_a_damaged_description_is_refused(path: Path) -> None:
    apsw.Connection(str(path)).execute("UPDATE meta SET value = x'ff00' WHERE name = 'about'")
    refuse(path, "damaged")


def test_the_same_from_memory(path: Path) -> None:
    database = AdvisoryDatabase.in_memory(path.read_bytes(), "starter", no_scheme)
    assert database.lookup([KEY]) == AdvisoryDatabase(str(path), no_scheme).lookup([KEY])
    with pytest.raises(ConfigurationError):
        AdvisoryDatabase.in_memory(path.read_bytes()[:-1], "starter", no_scheme)


def test_readers_see_one_whole_database_while_another_takes_its_place(path: Path) -> None:
    seen: list[set[str]] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            found = AdvisoryDatabase(str(path), no_scheme).lookup([KEY])[KEY]
            seen.append({one.id.split("-")[0] for one in found} | {str(len(found))})

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for generation in "BCDE":
        write(path, generation)
    done.set()
    for reader in readers:
        reader.join()
    assert seen
    assert all(len(one) == 2 and "300" in one for one in seen)
