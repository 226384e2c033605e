"""The command line: what is not there is suggested."""

import pytest

from oakum.apps.cli.group import run


def test_a_mistyped_command_is_answered_by_the_near_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scna", "app.tar"]) == 64
    assert "Did you mean 'scan'?" in capsys.readouterr().err
