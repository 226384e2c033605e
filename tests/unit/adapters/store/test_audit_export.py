"""The audit trail is changed behind the ledger's back in each way that there is, and the verification names it."""

import os
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from oakum.adapters.store.audit_export import AuditSigner, ExportFile
from oakum.adapters.store.ledger import StoredLedger
from oakum.flows.verify_audit import Verdict, verify_audit
from oakum.kit.errors import ConfigurationError, NotPermittedError, UnreadableError
from oakum.model.ledger import entry_hash

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


class Server:
    """A server's state folder with an export elsewhere."""

    def __init__(self, folder: Path) -> None:
        self.path = str(folder / "ledger.db")
        self.key = str(folder / "audit.key")
        self.export = str(folder / "elsewhere.jsonl")

    def runs(self, entries: int, every: int = 10) -> None:
        signer = AuditSigner(self.export, self.key, lambda: NOW, every)
        ledger = StoredLedger(self.path, lambda: NOW, signer)
        for number in range(entries):
            ledger.audit("token:ci", "policy.set", f"p{number}", {"number": number})
        ledger.close()

    def tampered(self, *statements: str) -> None:
        with sqlite3.connect(self.path) as connection:
            for statement in statements:
                connection.execute(statement)
        connection.close()

    def rewritten(self, start: int) -> None:
        """What somebody does who knows the form: other contents, and every hash made anew."""
        ledger = StoredLedger(self.path, lambda: NOW)
        trail = ledger.trail(after=start - 1)
        before = trail[0].before
        ledger.close()
        for entry in trail:
            other = replace(entry, actor="token:nobody", before=before)
            before = entry_hash(other)
            forged = f"update audit set actor = 'token:nobody', before = '{other.before}', hash = '{before}'"  # noqa: S608 - digits alone
            self.tampered(f"{forged} where number = {entry.number}")

    def verdict(self, *, exported: bool = True) -> Verdict:
        ledger = StoredLedger(self.path, lambda: NOW, looking=True)
        try:
            return verify_audit(ledger, ExportFile(self.export, self.key + ".pub") if exported else None)
        finally:
            ledger.close()


@pytest.fixture
def server(tmp_path: Path) -> Server:
    one = Server(tmp_path)
    one.runs(25)
    return one


def test_a_whole_trail_is_whole(server: Server) -> None:
    assert server.verdict() == Verdict(25, 20)
    assert server.verdict(exported=False) == Verdict(25, 0)


def test_a_changed_row_is_found(server: Server) -> None:
    server.tampered("update audit set actor = 'token:nobody' where number = 7")
    assert server.verdict().troubles == ("entry 7 was changed: its content has another hash",)
    assert server.verdict(exported=False).troubles == server.verdict().troubles


@pytest.mark.parametrize(
    "change",
    ["detail = '{}'", "detail = 'no json'", "target = ''", "at = '2020'", "action = 'x'", "hash = 'x'", "before = 'x'"],
)
def test_each_column_is_held(change: str, server: Server) -> None:
    server.tampered(f"update audit set {change} where number = 7")  # noqa: S608 - words of this test
    assert server.verdict(exported=False).troubles[0].startswith("entry 7 was changed")


def test_a_row_that_was_taken_out_is_found(server: Server) -> None:
    server.tampered("delete from audit where number = 7")
    assert server.verdict().troubles == ("entry 7 is missing: entry 8 follows 6",)


def test_a_row_that_was_taken_out_and_the_rest_renumbered_is_found(server: Server) -> None:
    server.tampered("delete from audit where number = 25", "update audit set number = 25 where number = 24")
    assert any("entry 24 is missing" in one for one in server.verdict().troubles)


def test_a_cut_tail_is_found(server: Server) -> None:
    server.tampered("delete from audit where number > 15")
    said = "the tail was cut: the trail ends at entry 15, and entry 20 was signed on 2026-11-25T12:00:00+00:00"
    assert server.verdict().troubles == (said,)
    assert server.verdict(exported=False).troubles == ()  # its chain is whole: only the export can tell


def test_a_tail_that_was_cut_and_grew_again_is_found(server: Server) -> None:
    server.tampered("delete from audit where number > 15")
    server.runs(30)
    said = "entry 20 is not the one that was signed on 2026-11-25T12:00:00+00:00: the trail was rewritten"
    assert server.verdict().troubles == (said,)


def test_a_full_rewrite_is_found(server: Server) -> None:
    server.rewritten(1)
    assert server.verdict(exported=False).troubles == ()  # its chain is whole: only the export can tell
    assert server.verdict().troubles == tuple(
        f"entry {number} is not the one that was signed on 2026-11-25T12:00:00+00:00: the trail was rewritten"
        for number in (10, 20)
    )


def test_a_server_that_was_set_back_says_so_by_its_next_head(server: Server) -> None:
    server.tampered("delete from audit where number > 9")
    server.runs(1)
    assert any("signs entry 10 after 20" in one for one in server.verdict().troubles)


@pytest.mark.parametrize(
    "line", [b"\n", b"{}\n", b"\xff\n", b"x" * 10_000, b'{"number":30,"hash":"a","at":"b","signature":"c"}\n']
)
def test_a_line_that_nobody_signed_is_found(line: bytes, server: Server) -> None:
    with open(server.export, "ab") as file:
        file.write(line)
    assert server.verdict().troubles[0] == "line 3 of the export is no head that this key signed"


def test_a_head_that_was_changed_is_found(server: Server) -> None:
    text = Path(server.export).read_text()
    Path(server.export).write_text(text.replace('"number":10', '"number":11'))
    assert server.verdict().troubles == ("line 1 of the export is no head that this key signed",)


def test_another_key_vouches_for_nothing(server: Server, tmp_path: Path) -> None:
    other = Server(tmp_path / "other")
    os.mkdir(tmp_path / "other")
    other.runs(0)
    ledger = StoredLedger(server.path, lambda: NOW, looking=True)
    assert len(verify_audit(ledger, ExportFile(server.export, other.key + ".pub")).troubles) == 2
    ledger.close()


def test_the_key_is_for_its_owner_and_stays(server: Server) -> None:
    assert os.stat(server.key).st_mode & 0o777 == 0o600
    kept = Path(server.key).read_bytes()
    server.runs(1)
    assert Path(server.key).read_bytes() == kept


def test_the_export_only_grows(server: Server) -> None:
    before = Path(server.export).read_bytes()
    server.runs(10)
    assert Path(server.export).read_bytes().startswith(before)


def test_nothing_that_was_undone_is_signed(tmp_path: Path) -> None:
    server = Server(tmp_path)
    ledger = StoredLedger(server.path, lambda: NOW, AuditSigner(server.export, server.key, lambda: NOW, 1))
    with pytest.raises(RuntimeError):
        _fails(ledger)
    ledger.audit("a", "b", "c", {})
    ledger.close()
    assert server.verdict() == Verdict(1, 1)


def _fails(ledger: StoredLedger) -> None:
    with ledger.together():
        ledger.audit("x", "y", "z", {})
        raise RuntimeError


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (lambda path: ExportFile("x", path), ConfigurationError),
        (lambda path: AuditSigner("x", path, lambda: NOW), ConfigurationError),
        (lambda path: AuditSigner("/dev/null/x", path + "2", lambda: NOW), NotPermittedError),
    ],
)
def test_what_is_no_key_is_said(make: Callable[[str], object], error: type[Exception], tmp_path: Path) -> None:
    (tmp_path / "key").write_text("no key")
    with pytest.raises(error):
        make(str(tmp_path / "key"))


def test_a_missing_export_is_said(server: Server) -> None:
    os.unlink(server.export)
    with pytest.raises(UnreadableError):
        server.verdict()


def test_hostile_words_are_kept_as_words(tmp_path: Path) -> None:
    server = Server(tmp_path)
    ledger = StoredLedger(server.path, lambda: NOW, AuditSigner(server.export, server.key, lambda: NOW, 1))
    ledger.audit("a\0\ud800", "'; --", "\u202e", {"\0": ["\udfff", 1.5, True, None, {"b": -1}]})
    ledger.close()
    assert server.verdict() == Verdict(1, 1)
