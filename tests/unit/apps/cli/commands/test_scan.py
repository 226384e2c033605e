import json
from pathlib import Path

import pytest

from oakum.apps.cli.group import run
from oakum.kit import landlock


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("OAKUM_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.delenv("OAKUM_DB", raising=False)
    for number, name in enumerate(("jinja2", "left-alone")):
        folder = tmp_path / "root" / f"{name}-2.11.{number}.dist-info"
        folder.mkdir(parents=True)
        (folder / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 2.11.{number}\n\n")
    return str(tmp_path / "root")


def test_a_gate_denies_and_the_report_is_whole(root: str, tmp_path: Path) -> None:
    out = tmp_path / "report.json"
    assert run(["scan", f"dir:{root}", "--fail-on", "unscored", "-o", str(out)]) == 1
    document = json.loads(out.read_bytes())
    assert {one["name"] for one in document["packages"]} == {"jinja2", "left-alone"}


def test_without_a_gate_findings_end_with_0(root: str, tmp_path: Path) -> None:
    out = tmp_path / "report.txt"
    assert run(["scan", root, "-f", "table", "-o", str(out)]) == 0
    assert "CVE-2020-28493" in out.read_text()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--scanners", "nothing", "."], 64),
        (["--fail-on", "dreadful", "."], 64),
        (["dir:/does/not/exist"], 65),
        (["--db", "/does/not/exist.db", "."], 78),
    ],
)
def test_words_that_cannot_be_followed_end_with_their_code(
    words: list[str], code: int, root: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(root)
    assert run(["scan", *words]) == code
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("oakum: ")


def test_help_teaches_by_example(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scan", "--help"]) == 0
    assert "\n      oakum scan docker-archive:app.tar --fail-on high" in capsys.readouterr().out


def test_an_accepted_finding_counts_no_more_but_is_told(
    root: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "report.json"
    assert run(["scan", f"dir:{root}", "-o", str(out)]) == 0
    ids = sorted({one["id"] for one in json.loads(out.read_bytes())["vulnerabilities"]})
    entries = (f'[[ignore]]\nid = "{name}"\nreason = "a test"\nexpires = "never"\n' for name in ids)
    (tmp_path / "oakum-ignore.toml").write_text("".join(entries))
    monkeypatch.chdir(tmp_path)
    assert run(["scan", f"dir:{root}", "--fail-on", "unscored", "--allow-unknown", "-o", str(out)]) == 0
    document = json.loads(out.read_bytes())
    assert document["vulnerabilities"] == []
    assert {one["advisory"] for one in document["suppressed"]} == set(ids)
    assert all(one["waiver"].startswith("oakum-ignore.toml:") for one in document["suppressed"])


def test_debug_tells_each_stage_and_quiet_nothing(
    root: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = str(tmp_path / "report.json")
    assert run(["scan", f"dir:{root}", "--debug", "-o", out]) == 0
    said = capsys.readouterr().err
    for stage in (
        "find dir:",
        "read layer 1 of 1",
        "the parser was confined: Landlock" if landlock.version() else "the parser was",
        "join the layers",
        "match with the advisories",
        "write json",
        "done",
    ):
        assert stage in said
    assert run(["scan", f"dir:{root}", "--quiet", "-o", out]) == 0
    assert capsys.readouterr().err == ""
