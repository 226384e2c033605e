import io
import sys
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oakum.apps.cli.comparing import run_compare_batch
from oakum.apps.cli.group import run


def batch(monkeypatch: pytest.MonkeyPatch, given: bytes) -> list[str]:
    out = io.BytesIO()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(given)))
    monkeypatch.setattr(sys, "stdout", SimpleNamespace(buffer=out))
    assert run_compare_batch() == 0
    return out.getvalue().decode().splitlines()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Debian:12 1.0~rc1-1 1.0-1", "-1"),
        ("PyPI 1.0 1", "0"),
        ("npm 1.10.0 1.9.0", "1"),
        ("Ubuntu:Pro:18.04:LTS 2 10", "-1"),
        ("Root:Alpine:3.18 1.0-r1 1.0-r0", "1"),
    ],
)
def test_one_comparison(words: str, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["version-compare", *words.split()]) == 0
    assert capsys.readouterr().out == f"{told}\n"


def test_an_unknown_ecosystem_and_a_text_that_is_no_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["version-compare", "Debain", "1", "2"]) == 64
    assert "Debian" in capsys.readouterr().err
    assert run(["version-compare", "PyPI", "1", "latest"]) == 65
    assert "'latest'" in capsys.readouterr().err


@pytest.mark.parametrize("words", [[], ["PyPI"], ["PyPI", "1"], ["--batch", "PyPI", "1", "2"]])
def test_all_words_or_a_batch(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["version-compare", *words]) == 64
    assert "--batch" in capsys.readouterr().err


def test_a_batch_answers_every_line(monkeypatch: pytest.MonkeyPatch) -> None:
    given = b"Debian:12\t1\t2\nPyPI\t1\tlatest\nNowhere\t1\t1\n\nPyPI\t1\n"
    given += b"npm\t1.0.0\t1.0.0\tx\r\nnpm\t2.0.0\t1.0.0\r\nGo\tv1\tv1"
    assert batch(monkeypatch, given) == ["-1", "error", "error", "error", "error", "error", "1", "0"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=st.lists(st.binary(max_size=40).map(lambda text: text.replace(b"\n", b"\t")), max_size=8))
def test_any_bytes_give_a_line_for_a_line(monkeypatch: pytest.MonkeyPatch, lines: list[bytes]) -> None:
    answers = batch(monkeypatch, b"".join(line + b"\n" for line in lines))
    assert len(answers) == len(lines)
    assert set(answers) <= {"-1", "0", "1", "error"}
