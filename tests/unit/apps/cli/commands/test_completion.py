import os
import shutil
import subprocess
import sys

import pytest

from oakum.apps.cli.group import run


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_its_script(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["completion", shell]) == 0
    assert "_OAKUM_COMPLETE" in capsys.readouterr().out


@pytest.mark.skipif(not shutil.which("bash"), reason="bash is not there")
def test_what_bash_sources_completes_commands_and_options() -> None:
    def completed(*words: str) -> list[str]:
        asked = {"_OAKUM_COMPLETE": "bash_complete", "COMP_WORDS": " ".join(words), "COMP_CWORD": str(len(words) - 1)}
        ran = subprocess.run(
            [sys.executable, "-m", "oakum"], env={**os.environ, **asked}, capture_output=True, check=True, text=True
        )
        return [line.split(",", 1)[1] for line in ran.stdout.splitlines()]

    assert completed("oakum", "sc") == ["scan"]
    assert "--fail-on" in completed("oakum", "scan", "--fail")
    assert completed("oakum", "scan", "--fail-on", "crit") == ["critical"]
