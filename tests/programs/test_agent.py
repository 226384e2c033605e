"""The agent's words; what it does is tested where an engine and a kernel are (tests/live/test_life.py)."""

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "nothing says which server"),
        (["--server", "ftp://x"], "is no URL of a server"),
        (["--server", "http://127.0.0.1:1"], "the server wants a token"),
        (["--server", "http://127.0.0.1:1", "--token-file", "none"], "cannot be read"),
    ],
)
def test_what_is_missing_is_said(words: list[str], said: str, tmp_path: Path) -> None:
    token = {"OAKUM_TOKEN": "oakum_x"} if words[1:] == ["ftp://x"] else {}
    command = [sys.executable, "-m", "oakum", "agent", "--state", str(tmp_path / "agent")]
    ended = subprocess.run(
        [*command, "--engine", "/nonexistent", *words],
        env={"PATH": "/usr/bin", "PYTHONPATH": str(Path(__file__).parents[2] / "src"), **token},
        cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert ended.returncode == 64, ended.stderr
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr
