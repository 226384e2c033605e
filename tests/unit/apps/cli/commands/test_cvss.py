import io
import sys
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oakum.apps.cli.group import run
from oakum.apps.cli.scoring import run_cvss_batch

EXAMPLES = {
    "AV:N/AC:L/Au:N/C:N/I:N/A:C": "7.8",
    "AV:N/AC:L/Au:N/C:C/I:C/A:C": "10.0",
    "AV:L/AC:H/Au:N/C:C/I:C/A:C": "6.2",
    "CVSS:3.0/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N": "6.1",
    "CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:C/C:L/I:L/A:N": "6.4",
    "CVSS:3.1/AV:N/AC:H/PR:N/UI:R/S:U/C:L/I:N/A:N": "3.1",
    "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H": "9.8",
    "CVSS:3.1/AV:A/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N": "6.5",
    "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N": "0.0",
    "CVSS:4.0/AV:L/AC:L/AT:P/PR:L/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N": "7.3",
    "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H": "10.0",
    "CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:P/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N": "7.7",
    "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:A/VC:N/VI:N/VA:N/SC:L/SI:L/SA:N": "5.1",
    "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N": "6.9",
    "CVSS:4.0/AV:P/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N": "0.0",
}
"""Vectors and scores of FIRST's own example documents (CVSS 2.0, 3.0, 3.1 and 4.0)."""

WORDS = st.sampled_from(
    [
        "CVSS:4.0/",
        "CVSS:3.1/",
        "CVSS:3.0/",
        "AV:N",
        "/AC:L",
        "/PR:N",
        "/UI:N",
        "/S:U",
        "/C:H",
        "/I:H",
        "/A:H",
        "/",
        ":",
        "x",
    ]
)


def batch(monkeypatch: pytest.MonkeyPatch, given: bytes) -> list[str]:
    out = io.BytesIO()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(given)))
    monkeypatch.setattr(sys, "stdout", SimpleNamespace(buffer=out))
    assert run_cvss_batch() == 0
    return out.getvalue().decode().splitlines()


def test_scores_are_those_that_first_publishes(monkeypatch: pytest.MonkeyPatch) -> None:
    assert dict(zip(EXAMPLES, batch(monkeypatch, "\n".join(EXAMPLES).encode()), strict=True)) == EXAMPLES


def test_one_vector(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["cvss", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"]) == 0
    assert capsys.readouterr().out == "9.8\n"
    assert run(["cvss", "CVSS:3.1/AV:N"]) == 65
    assert run(["cvss"]) == 64
    assert run(["cvss", "--batch", "AV:N"]) == 64


def test_what_is_no_vector_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [
        b"", b"x", b"CVSS:3.1/", b"CVSS:2.0/AV:N/AC:L/Au:N/C:C/I:C/A:C", b"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H",
        b"CVSS:3.1/AV:N/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", b"CVSS:3.1/AV:Z/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
        b"\xff", b"CVSS:4.0/" + b"AV:N/" * 99,
    ]  # fmt: skip
    assert batch(monkeypatch, b"\n".join(lines)) == ["error"] * len(lines)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.one_of(st.lists(WORDS, max_size=14).map("".join), st.text(max_size=30).map("CVSS:4.0/".__add__)))
def test_any_text_has_an_answer(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    line = text.replace("\n", "").replace("\r", "").encode("utf-8", "replace")
    (answer,) = batch(monkeypatch, line + b"\n")
    assert answer == "error" or 0.0 <= float(answer) <= 10.0
