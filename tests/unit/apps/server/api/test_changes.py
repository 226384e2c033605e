from pathlib import Path

from tests.support.api import Api

from oakum.apps.server.revisions import revisions


def test_nobody_listens_without_a_token(api: Api) -> None:
    assert api.ask("GET", "/changes", "").status_code == 401
    assert api.ask("GET", "/changes", "agent").status_code == 403


def test_a_store_that_was_written_has_another_revision(tmp_path: Path) -> None:
    before = revisions(str(tmp_path))
    (tmp_path / "fleet.db-wal").write_bytes(b"x")
    after = revisions(str(tmp_path))
    assert before.keys() == {"ledger", "fleet", "events"}
    assert [name for name in after if after[name] != before[name]] == ["fleet"]
