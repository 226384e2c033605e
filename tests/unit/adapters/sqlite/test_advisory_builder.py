import os
import resource
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from oakum.adapters.sqlite.advisories import AdvisoryDatabase
from oakum.adapters.sqlite.advisory_builder import AdvisoryBuilder
from oakum.kit.errors import NotPermittedError, OakumError, TryLaterError
from oakum.model.advisory import Advisory, AdvisoryKey, DatabaseInfo
from oakum.model.scheme import Scheme

KEY = AdvisoryKey("Test", "a", "1")


def no_scheme(ecosystem: str) -> Scheme | None:
    del ecosystem
    return None


def write(path: Path, advisory_id: str, count: int = 1) -> None:
    with AdvisoryBuilder(str(path), no_scheme) as writer:
        for number in range(count):
            writer.add(Advisory(advisory_id, "osv:Test", "Test", "a", summary=f"{number:0200}"))
        writer.finish(DatabaseInfo("sha256:1", "2026-01-01T00:00:00Z", 1))


def ids(path: Path) -> list[str]:
    return [one.id for one in AdvisoryDatabase(str(path), no_scheme).lookup([KEY])[KEY]]


@pytest.fixture
def small_files() -> Iterator[None]:
    """No file may grow beyond 64 KiB, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (65_536, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)


def test_replaces_the_old_one_in_one_step(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "a.db"
    write(path, "OLD")
    reader = AdvisoryDatabase(str(path), no_scheme)
    write(path, "NEW")
    assert ids(path) == ["NEW"]
    assert [one.id for one in reader.lookup([KEY])[KEY]] == ["OLD"]
    assert os.listdir(path.parent) == ["a.db"]


def test_an_exception_leaves_the_old_one_and_no_trace(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    write(path, "OLD")

    def interrupted() -> None:
        with AdvisoryBuilder(str(path), no_scheme) as writer:
            writer.add(Advisory("NEW", "osv:Test", "Test", "a"))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert ids(path) == ["OLD"]
    assert os.listdir(tmp_path) == ["a.db"]


def test_two_do_not_write_at_once(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with AdvisoryBuilder(str(path), no_scheme) as first:
        first.add(Advisory("FIRST", "osv:Test", "Test", "a"))
        with pytest.raises(TryLaterError, match="another update"):
            write(path, "SECOND")
        first.finish(DatabaseInfo("sha256:1", "2026-01-01T00:00:00Z", 1))
    assert ids(path) == ["FIRST"]
    write(path, "SECOND")
    assert ids(path) == ["SECOND"]


def test_what_a_killed_build_left_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "a.db.new").write_bytes(b"half a database" * 1_000)
    write(tmp_path / "a.db", "A")
    assert ids(tmp_path / "a.db") == ["A"]
    assert os.listdir(tmp_path) == ["a.db"]


@pytest.mark.usefixtures("small_files")
def test_a_full_disk_leaves_the_old_one_and_no_trace(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    write(path, "OLD")
    with pytest.raises(TryLaterError, match=r"a\.db"):
        write(path, "NEW", count=2_000)
    assert ids(path) == ["OLD"]
    assert os.listdir(tmp_path) == ["a.db"]


def test_a_place_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OakumError):
        write(tmp_path / "file" / "a.db", "NEW")


def test_a_folder_that_cannot_be_written_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: str, *, exist_ok: bool) -> None:
        raise PermissionError(13, "Permission denied", path, exist_ok)

    monkeypatch.setattr(os, "makedirs", refuse)
    with pytest.raises(NotPermittedError):
        write(tmp_path / "a.db", "NEW")


def test_a_place_that_is_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.db").mkdir()
    with pytest.raises(OakumError):
        write(tmp_path / "a.db", "NEW")
    assert os.listdir(tmp_path) == ["a.db"]


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    write(tmp_path / "a.db", "A", count=50)
    write(tmp_path / "b.db", "A", count=50)
    assert (tmp_path / "a.db").read_bytes() == (tmp_path / "b.db").read_bytes()
