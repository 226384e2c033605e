import io
import sys
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from oakum.apps.cli.group import run
from oakum.apps.cli.scoring import run_cvss_batch

EXAMPLES = (
    ("AV:N/AC:L/Au:N/C:N/I:N/A:C", "7.8", "CVSS 2.0 guide, section 3.3.1: CVE-2002-0392"),
    (
        "AV:N/AC:L/Au:N/C:N/I:N/A:C/E:F/RL:OF/RC:C/CDP:H/TD:H/CR:M/IR:M/AR:H",
        "7.8",
        "CVSS 2.0 guide, section 3.3.1: CVE-2002-0392",
    ),
    ("AV:N/AC:L/Au:N/C:C/I:C/A:C", "10.0", "CVSS 2.0 guide, section 3.3.2: CVE-2003-0818"),
    ("AV:N/AC:L/Au:N/C:C/I:C/A:C/E:F/RL:OF/RC:C", "10.0", "CVSS 2.0 guide, section 3.3.2: CVE-2003-0818"),
    ("AV:L/AC:H/Au:N/C:C/I:C/A:C", "6.2", "CVSS 2.0 guide, section 3.3.3: CVE-2003-0062"),
    ("AV:L/AC:H/Au:N/C:C/I:C/A:C/E:POC/RL:OF/RC:C", "6.2", "CVSS 2.0 guide, section 3.3.3: CVE-2003-0062"),
    ("CVSS:3.0/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N", "6.1", "CVSS 3.0 examples: CVE-2013-1937"),
    ("CVSS:3.0/AV:N/AC:L/PR:L/UI:N/S:C/C:L/I:L/A:N", "6.4", "CVSS 3.0 examples: CVE-2013-0375"),
    ("CVSS:3.0/AV:N/AC:H/PR:N/UI:R/S:U/C:L/I:N/A:N", "3.1", "CVSS 3.0 examples: CVE-2014-3566"),
    ("CVSS:3.0/AV:N/AC:L/PR:L/UI:N/S:C/C:H/I:H/A:H", "9.9", "CVSS 3.0 examples: CVE-2012-1516"),
    ("CVSS:3.0/AV:L/AC:L/PR:H/UI:N/S:U/C:L/I:L/A:L", "4.2", "CVSS 3.0 examples: CVE-2009-0783"),
    ("CVSS:3.0/AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H", "8.8", "CVSS 3.0 examples: CVE-2012-0384"),
    ("CVSS:3.0/AV:L/AC:L/PR:N/UI:R/S:U/C:H/I:H/A:H", "7.8", "CVSS 3.0 examples: CVE-2015-1098"),
    ("CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N", "7.5", "CVSS 3.0 examples: CVE-2014-0160"),
    ("CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "9.8", "CVSS 3.0 examples: CVE-2014-6271"),
    ("CVSS:3.0/AV:N/AC:H/PR:N/UI:N/S:C/C:N/I:H/A:N", "6.8", "CVSS 3.0 examples: CVE-2008-1447"),
    ("CVSS:3.0/AV:P/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "6.8", "CVSS 3.0 examples: CVE-2014-2005"),
    ("CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:C/C:L/I:N/A:N", "5.8", "CVSS 3.0 examples: CVE-2010-0467"),
    ("CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:C/C:N/I:L/A:N", "5.8", "CVSS 3.0 examples: CVE-2012-1342"),
    ("CVSS:3.0/AV:A/AC:L/PR:N/UI:N/S:C/C:H/I:N/A:H", "9.3", "CVSS 3.0 examples: CVE-2013-6014"),
    ("CVSS:3.0/AV:N/AC:L/PR:L/UI:R/S:C/C:L/I:L/A:N", "5.4", "CVSS 3.0 examples: CVE-2014-9253"),
    ("CVSS:3.0/AV:L/AC:L/PR:N/UI:R/S:U/C:H/I:H/A:H", "7.8", "CVSS 3.0 examples: CVE-2009-0658"),
    ("CVSS:3.0/AV:A/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "8.8", "CVSS 3.0 examples: CVE-2011-1265"),
    ("CVSS:3.0/AV:P/AC:L/PR:N/UI:N/S:U/C:N/I:H/A:N", "4.6", "CVSS 3.0 examples: CVE-2014-2019"),
    ("CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:C/C:L/I:L/A:N", "6.4", "CVSS 3.1 examples: CVE-2013-0375"),
    ("CVSS:3.1/AV:N/AC:H/PR:N/UI:R/S:U/C:L/I:N/A:N", "3.1", "CVSS 3.1 examples: CVE-2014-3566"),
    ("CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:C/C:H/I:H/A:H", "9.9", "CVSS 3.1 examples: CVE-2012-1516"),
    ("CVSS:3.1/AV:L/AC:L/PR:H/UI:N/S:U/C:L/I:L/A:L", "4.2", "CVSS 3.1 examples: CVE-2009-0783"),
    ("CVSS:3.1/AV:N/AC:L/PR:H/UI:N/S:U/C:H/I:H/A:H", "7.2", "CVSS 3.1 examples: CVE-2012-0384"),
    ("CVSS:3.1/AV:L/AC:L/PR:N/UI:R/S:U/C:H/I:H/A:H", "7.8", "CVSS 3.1 examples: CVE-2015-1098"),
    ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N", "7.5", "CVSS 3.1 examples: CVE-2014-0160"),
    ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "9.8", "CVSS 3.1 examples: CVE-2014-6271"),
    ("CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:C/C:N/I:H/A:N", "6.8", "CVSS 3.1 examples: CVE-2008-1447"),
    ("CVSS:3.1/AV:P/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "6.8", "CVSS 3.1 examples: CVE-2014-2005"),
    ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:L/I:N/A:N", "5.8", "CVSS 3.1 examples: CVE-2010-0467"),
    ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:N/I:L/A:N", "5.8", "CVSS 3.1 examples: CVE-2012-1342"),
    ("CVSS:3.1/AV:A/AC:L/PR:N/UI:N/S:C/C:H/I:N/A:H", "9.3", "CVSS 3.1 examples: CVE-2013-6014"),
    ("CVSS:3.1/AV:N/AC:L/PR:L/UI:R/S:C/C:H/I:H/A:H", "9.0", "CVSS 3.1 examples: CVE-2019-7551"),
    ("CVSS:3.1/AV:L/AC:L/PR:N/UI:R/S:U/C:H/I:H/A:H", "7.8", "CVSS 3.1 examples: CVE-2009-0658"),
    ("CVSS:3.1/AV:A/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "8.8", "CVSS 3.1 examples: CVE-2011-1265"),
    ("CVSS:3.1/AV:P/AC:L/PR:N/UI:N/S:U/C:N/I:H/A:N", "4.6", "CVSS 3.1 examples: CVE-2014-2019"),
    ("CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:U/C:H/I:H/A:H", "8.8", "CVSS 3.1 examples: CVE-2015-0970"),
    ("CVSS:4.0/AV:L/AC:L/AT:P/PR:L/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", "7.3", "CVSS 4.0 examples: CVE-2022-41741"),
    ("CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:P/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", "7.7", "CVSS 4.0 examples: CVE-2020-3549"),
    ("CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:P/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:U", "5.2", "CVSS 4.0 examples: CVE-2020-3549"),
    ("CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:N/VC:H/VI:L/VA:L/SC:N/SI:N/SA:N", "8.3", "CVSS 4.0 examples: CVE-2023-3089"),
    (
        (
            "CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:N/VC:H/VI:L/VA:L/SC:N/SI:N/SA:N"
            "/CR:H/IR:L/AR:L/MAV:N/MAC:H/MVC:H/MVI:L/MVA:L"
        ),
        "8.1",
        "CVSS 4.0 examples: CVE-2023-3089",
    ),
    ("CVSS:4.0/AV:L/AC:L/AT:N/PR:N/UI:A/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N", "4.6", "CVSS 4.0 examples: CVE-2021-44714"),
    ("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:A/VC:N/VI:N/VA:N/SC:L/SI:L/SA:N", "5.1", "CVSS 4.0 examples: CVE-2022-21830"),
    ("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:L/SI:L/SA:N", "6.9", "CVSS 4.0 examples: CVE-2022-22186"),
    ("CVSS:4.0/AV:L/AC:L/AT:N/PR:H/UI:N/VC:N/VI:N/VA:N/SC:H/SI:N/SA:N", "5.9", "CVSS 4.0 examples: CVE-2023-21989"),
    ("CVSS:4.0/AV:L/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H", "9.4", "CVSS 4.0 examples: CVE-2020-3947"),
    ("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:H/VA:N/SC:H/SI:H/SA:H", "9.3", "CVSS 4.0 examples: CVE-2023-48228"),
    (
        "CVSS:4.0/AV:P/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:H/SA:N/S:P/V:D",
        "8.3",
        "CVSS 4.0 examples: CVE-2023-30560",
    ),
    ("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:N/VA:N/SC:N/SI:N/SA:N/E:A", "8.7", "CVSS 4.0 examples: CVE-2014-0160"),
    ("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:A", "9.3", "CVSS 4.0 examples: CVE-2021-44228"),
    (
        "CVSS:4.0/AV:N/AC:H/AT:P/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:P/MAC:L/MAT:N/MVC:N/MVI:N/MVA:L",
        "5.5",
        "CVSS 4.0 examples: CVE-2021-44228",
    ),
    ("CVSS:4.0/AV:A/AC:L/AT:N/PR:N/UI:N/VC:N/VI:L/VA:N/SC:H/SI:N/SA:H", "6.4", "CVSS 4.0 examples: CVE-2013-6014"),
    ("CVSS:4.0/AV:L/AC:L/AT:N/PR:H/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/R:I", "8.4", "CVSS 4.0 examples: CVE-2016-5729"),
    ("CVSS:4.0/AV:N/AC:H/AT:P/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:P", "8.2", "CVSS 4.0 examples: CVE-2024-6387"),
)  # fmt: skip
"""Vector, score and source: examples of FIRST, as public test collections that cite its documents have them.

A row on which two of them disagree is left out.
"""

BASE = b"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"
FOUR = b"CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N"

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
    found = batch(monkeypatch, "\n".join(vector for vector, _, _ in EXAMPLES).encode())
    assert [(vector, score, source) for (vector, _, source), score in zip(EXAMPLES, found, strict=True)] == list(
        EXAMPLES
    )


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
        b"\xff", b"CVSS:4.0/" + b"AV:N/" * 99, BASE + b"/", BASE + b" ", b" " + BASE, BASE + b"#", BASE.lower(),
        BASE.replace(b"3.1", b"3.2"), BASE.replace(b"3.1", b"3"), BASE[9:], BASE + b"/X:Y", BASE + b"/E:U/E:U",
        BASE.replace(b"/AC", b"//AC"), BASE.replace(b"A:H", b"A:"), BASE.replace(b"AV:N", b"AV:X"), BASE + b"\t",
        b"(AV:N/AC:L/Au:N/C:P/I:P/A:P)", b"AV:N/AC:L/Au:N/C:P/I:P", b"AV:N/AC:L/Au:N/C:P/I:P/A:P/A:P", b"CVSS:4.0",
        FOUR + b"/", FOUR.replace(b"AV:N/AC:L", b"AC:L/AV:N"), FOUR + b"/CR:H/E:A", FOUR + b"/E:A/E:A", FOUR[:-5],
        FOUR.replace(b"SC:N", b"SC:S"), FOUR + b"/E:F", "CVSS:3.1/AV:\uff2e".encode(), BASE + b"\r",
    ]  # fmt: skip
    assert batch(monkeypatch, b"\n".join(lines) + b"\r\n") == ["error"] * len(lines)


def test_what_the_specifications_leave_open_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = {
        BASE: "9.8",
        BASE.replace(b"/A:H", b"").replace(b"3.1/", b"3.1/A:H/"): "9.8",
        BASE + b"/E:U/RL:X/MAV:P/CR:L": "9.8",
        b"C:P/AV:N/Au:N/AC:L/I:P/A:P": "7.5",
        FOUR: "9.3",
        FOUR + b"/E:X/MSI:S/S:X/U:Red": "10.0",
    }
    assert batch(monkeypatch, b"\r\n".join(lines)) == list(lines.values())


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.one_of(st.lists(WORDS, max_size=14).map("".join), st.text(max_size=30).map("CVSS:4.0/".__add__)))
def test_any_text_has_an_answer(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    line = text.replace("\n", "").replace("\r", "").encode("utf-8", "replace")
    (answer,) = batch(monkeypatch, line + b"\n")
    assert answer == "error" or 0.0 <= float(answer) <= 10.0
