import json
import os
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from oakum.apps import wiring
from oakum.apps.cli.commands.db import db
from oakum.kit.errors import ConfigurationError, UnreadableError, UsageError


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("OAKUM_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.delenv("OAKUM_DB", raising=False)
    monkeypatch.delenv("OAKUM_DB_SOURCE", raising=False)
    return tmp_path / "cache"


@pytest.fixture
def base(tmp_path: Path) -> str:
    (tmp_path / "base" / "Debian").mkdir(parents=True)
    for number in range(50):
        ranges = [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "2"}]}]
        affected = [{"package": {"ecosystem": "Debian:12", "name": "a"}, "ranges": ranges}]
        record = {"id": f"D-{number}", "modified": "2026-01-01T00:00:00Z", "affected": affected}
        (tmp_path / "base" / "Debian" / f"{number}.json").write_text(json.dumps(record))
    return str(tmp_path / "base")


def run(*words: str) -> Result:
    return CliRunner().invoke(db, words, catch_exceptions=False)


def test_build_keeps_stdout_clean(base: str, tmp_path: Path) -> None:
    out = str(tmp_path / "a.db")
    ended = run("build", "--from", base, "--out", out)
    assert (ended.exit_code, ended.stdout) == (0, "")
    assert "osv:Debian: 50 records" in ended.stderr
    assert f"{out}: 50 records, " in ended.stderr


def test_build_of_what_is_no_folder(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        run("build", "--from", "https://example.org", "--out", str(tmp_path / "a.db"))


def test_update_and_status(base: str, cache: Path) -> None:
    assert run("update", "--from", base).exit_code == 0
    text = run("status").stdout
    assert str(cache / "advisories.db") in text
    assert "Debian:12" in text
    assert "fixed only" in text
    document = json.loads(run("status", "-f", "json").stdout)
    assert document["path"] == str(cache / "advisories.db")
    assert document["ecosystems"]["Debian:12"] == {
        "records": 50,
        "fixed_only": True,
        "newest": "2026-01-01T00:00:00Z",
    }
    assert document["starter"] is False


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder and says nothing."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is http.server's
        """Say nothing."""


@pytest.fixture
def mirror(base: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A mirror of the base on this machine."""
    monkeypatch.setenv("no_proxy", "*")
    shutil.make_archive(os.path.join(base, "Debian", "all"), "zip", os.path.join(base, "Debian"))
    Path(base, "ecosystems.txt").write_text("Debian\n")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=base)) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_update_over_the_network(mirror: str, base: str, cache: Path) -> None:
    ended = run("update", "--from", mirror)
    assert (ended.exit_code, ended.stdout) == (0, "")
    assert "kev.json: not in http://127.0.0.1" in ended.stderr
    before = (cache / "advisories.db").read_bytes()
    Path(base, "Debian", "all.zip").write_bytes(b"PK\3\4 cut off")
    with pytest.raises(UnreadableError, match=r"all\.zip"):
        run("update", "--from", mirror)
    assert (cache / "advisories.db").read_bytes() == before
    assert sorted(os.listdir(cache)) == ["advisories.db", "advisories.db.state"]


def test_update_asks_nobody_unasked(base: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match="where the advisories come from") as refused:
        run("update")
    assert "OAKUM_DB_SOURCE" in refused.value.hint
    monkeypatch.setenv("OAKUM_DB_SOURCE", base)
    assert run("update").exit_code == 0


def test_status_of_a_missing_database(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError):
        run("status", "--db", str(tmp_path / "none.db"))


def test_starter_data_are_used_until_a_database_was_built(
    base: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed = str(tmp_path / "starter.db.zst")
    assert run("build", "--starter", "--from", base, "--out", packed).exit_code == 0
    monkeypatch.setattr(wiring, "STARTER", packed)
    assert "This is the starter data" in run("status").stdout
    assert json.loads(run("status", "-f", "json").stdout)["path"] == packed
    run("update", "--from", base)
    assert "This is the starter data" not in run("status").stdout


def test_starter_data_never_stand_in_for_a_chosen_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OAKUM_DB", str(tmp_path / "none.db"))
    with pytest.raises(ConfigurationError):
        run("status")


def test_without_starter_data_the_missing_database_is_named(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wiring, "STARTER", str(cache / "none"))
    shutil.rmtree(cache, ignore_errors=True)
    with pytest.raises(ConfigurationError, match=r"advisories\.db"):
        run("status")


def test_a_pin_refuses_another_build(base: str, cache: Path) -> None:
    run("update", "--from", base)
    path = str(cache / "advisories.db")
    digest = json.loads(run("status", "-f", "json").stdout)["digest"]
    for words in (digest, f"{path}@{digest}", path):
        assert wiring.open_advisories(words).about().digest == digest
    other = "sha256:" + "0" * 64
    for words in (other, f"{path}@{other}"):
        with pytest.raises(ConfigurationError, match=f"is {digest}, and pinned is {other}"):
            wiring.open_advisories(words)
    for words in ("sha256:", "sha256:12", f"{path}@sha256:{'g' * 64}"):
        with pytest.raises(UsageError, match="pins no database"):
            wiring.open_advisories(words)


def test_update_says_what_changed_and_status_when_it_was_last_looked_at(base: str) -> None:
    run("update", "--from", base)
    assert "; nothing changed" in run("update", "--from", base).stderr
    Path(base, "Debian", "0.json").unlink()
    assert "osv:Debian: 49 records (there were 50)" in run("update", "--from", base).stderr
    text = run("status").stdout
    assert "Current   20" in text
    assert "0 days ago" in text
