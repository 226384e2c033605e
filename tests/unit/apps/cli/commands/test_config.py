import pytest

from oakum.apps.cli.group import run


def test_every_option_of_every_command_is_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OAKUM_CONFIG", "")
    monkeypatch.setenv("OAKUM_SBOM_QUIET", "1")
    assert run(["config"]) == 0
    lines = dict(line.split(" = ", 1) for line in capsys.readouterr().out.splitlines())
    assert lines["scan.output"].split() == ['""', "#", "default"]
    assert lines["scan.fail-on"].split() == ["(not", "set)", "#", "default"]
    assert lines["sbom.quiet"].endswith("# environment OAKUM_SBOM_QUIET")
    assert "db.update.ecosystem" in lines
