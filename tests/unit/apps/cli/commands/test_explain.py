from pathlib import Path

import pytest

from oakum.apps.cli.group import run


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("OAKUM_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.delenv("OAKUM_DB", raising=False)
    folder = tmp_path / "root" / "Jinja2-2.11.2.dist-info"
    folder.mkdir(parents=True)
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: Jinja2\nVersion: 2.11.2\n\n")
    return str(tmp_path / "root")


def test_the_evidence_of_a_finding(root: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", f"dir:{root}", "CVE-2020-28493"]) == 0
    said = capfd.readouterr().out
    assert "affected: Jinja2 2.11.2" in said
    assert "2.11.3" in said


def test_why_something_is_not_found(root: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", f"dir:{root}", "CVE-2021-35042"]) == 0
    assert "affected: " not in capfd.readouterr().out


def test_an_id_is_needed(root: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", root]) == 64
    assert "ID" in capsys.readouterr().err
