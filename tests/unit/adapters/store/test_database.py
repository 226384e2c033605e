"""Threads, names of files, and what is said when the place is wrong."""

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from oakum.adapters.store.audit_export import AuditSigner
from oakum.adapters.store.events import StoredEvents
from oakum.adapters.store.fleet import StoredFleet
from oakum.adapters.store.ledger import StoredLedger
from oakum.flows.verify_audit import verify_audit
from oakum.kit import limits
from oakum.kit.errors import LimitError, NotPermittedError
from oakum.model.event import Event
from oakum.model.fleet import Container

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


def test_threads_make_one_chain(tmp_path: Path) -> None:
    ledger = StoredLedger(str(tmp_path / "ledger.db"), lambda: NOW)
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda number: ledger.audit("a", "b", str(number), {}), range(80)))
        read = list(pool.map(lambda _: len(ledger.trail()), range(20)))
    assert sorted(entry.number for entry in made) == list(range(1, 81))
    assert read == [80] * 20
    assert verify_audit(ledger, None).troubles == ()
    ledger.close()


def test_a_part_that_fails_undoes_itself_alone(tmp_path: Path) -> None:
    ledger = StoredLedger(str(tmp_path / "ledger.db"), lambda: NOW)
    with ledger.together():
        ledger.set_setting("a", "1")
        with pytest.raises(RuntimeError):
            _fails(ledger)
        assert ledger.setting("a") == "1"
    assert ledger.setting("a") == "1"
    ledger.close()


def _fails(ledger: StoredLedger) -> None:
    with ledger.together():
        ledger.set_setting("a", "2")
        raise RuntimeError


@pytest.mark.parametrize("name", ["a b.db", "a?mode=ro.db", "a%20.db", "a#b.db", "ä'.db"])
def test_a_file_may_have_any_name(name: str, tmp_path: Path) -> None:
    fleet = StoredFleet(str(tmp_path / name))
    fleet.keep_containers([Container("c" * 64, "h", state="running")])
    fleet.close()
    assert name in os.listdir(tmp_path)
    again = StoredFleet(str(tmp_path / name), looking=True)
    assert len(again.containers()[0]) == 1
    again.close()


def test_a_place_that_cannot_be_made_is_said() -> None:
    with pytest.raises(NotPermittedError, match="cannot be written"):
        StoredFleet("/dev/null/fleet.db")


def test_a_batch_that_could_not_be_read_back_is_refused_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("oakum.adapters.store.events.EVENT_CHUNK_BYTES", limits.KIB)
    events = StoredEvents(str(tmp_path / "events.db"), str(tmp_path / "events"))
    small, large = Event("exec", 1, sequence=1), Event("exec", 2 * 3600 * 10**9, sequence=2, path="x" * 2000)
    with pytest.raises(LimitError):
        events.append("h", "r", [small, large])
    assert list(events.events()) == []
    assert events.append("h", "r", [small]) == 1
    events.close()


def test_an_export_that_fails_is_said_and_made_up_for(tmp_path: Path) -> None:
    export = tmp_path / "out" / "heads.jsonl"
    export.parent.mkdir()
    signer = AuditSigner(str(export), str(tmp_path / "audit.key"), lambda: NOW, 2)
    ledger = StoredLedger(str(tmp_path / "ledger.db"), lambda: NOW, signer)
    export.unlink()
    export.parent.rmdir()
    for number in range(2):
        ledger.audit("a", "b", str(number), {})
    assert "cannot be written" in ledger.trouble
    export.parent.mkdir()
    ledger.audit("a", "b", "2", {})
    assert ledger.trouble == ""
    assert b'"number":3' in export.read_bytes()
    ledger.close()
