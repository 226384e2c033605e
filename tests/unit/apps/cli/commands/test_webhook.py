from pathlib import Path

import pytest

from oakum.apps.cli.group import run


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ([], 64, "--snapshot"),
        (["--snapshot", "nowhere", "--certificate", "c", "--key", "k"], 78, "nowhere is not there"),
        (["--snapshot", "here", "--certificate", "nowhere", "--key", "k"], 78, "certificate and key cannot be used"),
        (["--snapshot", "here", "--certificate", "here", "--key", "here"], 78, "certificate and key cannot be used"),
        (["--snapshot", "here", "--certificate", "c", "--key", "k", "--port", "0"], 64, "--port"),
    ],
)
def test_what_cannot_work_is_said_at_once(
    words: list[str],
    code: int,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "here").write_bytes(b"")
    assert run(["webhook", *words]) == code
    assert said in capsys.readouterr().err
