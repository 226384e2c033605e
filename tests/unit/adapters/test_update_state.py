"""The state beside a database."""

from pathlib import Path

import pytest

from oakum.adapters.update_state import StateFile, checked
from oakum.model.update_state import UpdateState, Validators

STATE = UpdateState("sha256:1", "2026-01-02T00:00:00Z", "https://example.org", {"a": Validators('"1"', "now")})


@pytest.fixture
def database(tmp_path: Path) -> Path:
    (tmp_path / "a.db").write_bytes(b"a database")
    StateFile(str(tmp_path / "a.db")).write(STATE)
    return tmp_path / "a.db"


def test_it_is_believed_while_the_database_is_the_same(database: Path) -> None:
    assert StateFile(str(database)).read() == STATE
    database.write_bytes(b"another one")
    assert StateFile(str(database)).read() is None
    database.unlink()
    assert StateFile(str(database)).read() is None


def test_it_says_when_a_database_was_last_compared(database: Path) -> None:
    assert checked(str(database), "sha256:1") == "2026-01-02T00:00:00Z"
    assert checked(str(database), "sha256:2") == ""
    assert checked(str(database.parent / "none.db"), "sha256:1") == ""


@pytest.mark.parametrize("content", [b"", b"null", b"[]", b"\xff\xfe", b"[" * 100_000])
def test_what_cannot_be_read_says_nothing(database: Path, content: bytes) -> None:
    Path(f"{database}.state").write_bytes(content)
    assert StateFile(str(database)).read() is None
    assert checked(str(database), "sha256:1") == ""
