from pathlib import Path

import pytest

from oakum.apps.cli.group import run


@pytest.mark.parametrize(
    ("words", "code"),
    [([], 64), (["--snapshot", "nowhere"], 78), (["--snapshot", "here", "--socket", "relative.sock"], 64)],
)
def test_what_cannot_work_is_said_at_once(
    words: list[str], code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "here").write_bytes(b"")
    assert run(["docker-authz", *words]) == code
    assert capsys.readouterr().err.startswith("oakum: ")
