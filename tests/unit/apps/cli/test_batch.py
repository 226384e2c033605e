"""Commands that scripts talk to."""

import io
import sys
from types import SimpleNamespace

import pytest

from oakum.apps.cli.batch import run_batch
from oakum.kit import limits


class Output(io.BytesIO):
    """Counts how often it was flushed."""

    flushes = 0

    def flush(self) -> None:
        self.flushes += 1


def answered(monkeypatch: pytest.MonkeyPatch, given: bytes) -> tuple[list[bytes], int]:
    out = Output()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(given)))
    monkeypatch.setattr(sys, "stdout", SimpleNamespace(buffer=out))
    assert run_batch(lambda line: f"<{line}>") == 0
    return out.getvalue().splitlines(), out.flushes


def test_every_line_is_answered_at_once_whatever_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    lines, flushes = answered(monkeypatch, b"a\r\n\n\xff\nb\tc\nend")
    assert lines == [b"<a>", b"<>", b"error", b"<b\tc>", b"<end>"]
    assert flushes == 5


def test_nothing_is_answered_with_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert answered(monkeypatch, b"") == ([], 0)


def test_a_line_that_is_too_long_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("oakum.apps.cli.batch.BATCH_LINE_BYTES", 8)
    lines, _ = answered(monkeypatch, b"1234567\n" + b"x" * 100 + b"\n" + b"y" * 9 + b"\nz")
    assert lines == [b"<1234567>", b"error", b"error", b"<z>"]
    assert limits.BATCH_LINE_BYTES > 100_000
