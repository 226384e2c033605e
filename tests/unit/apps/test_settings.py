"""Flags beat the environment, which beats the file here, which beats the user's file."""

import json
from pathlib import Path

import pytest

from oakum.apps.cli.group import run


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "home" / "oakum").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("OAKUM_CONFIG", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("OAKUM_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path


def shown(capsys: pytest.CaptureFixture[str], command: str = "scan") -> dict[str, tuple[object, str]]:
    assert run(["config", command, "-f", "json"]) == 0
    return {row["option"]: (row["value"], row["origin"]) for row in json.loads(capsys.readouterr().out)}


def test_the_stronger_place_wins(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "home" / "oakum" / "oakum.toml").write_text('[scan]\nfail-on = "low"\nformat = "json"\nquiet = true\n')
    assert shown(capsys)["scan.fail-on"] == ("low", f"{here}/home/oakum/oakum.toml:2")
    (here / "oakum.toml").write_text('\n[scan]\n"fail-on" = "medium"\nformat = "table"\n')
    assert shown(capsys)["scan.fail-on"] == ("medium", "oakum.toml:3")
    monkeypatch.setenv("OAKUM_SCAN_FAIL_ON", "high")
    found = shown(capsys)
    assert found["scan.fail-on"] == ("high", "environment OAKUM_SCAN_FAIL_ON")
    assert found["scan.format"] == ("table", "oakum.toml:4")
    assert found["scan.quiet"] == (True, f"{here}/home/oakum/oakum.toml:4")
    assert found["scan.no-cache"] == (False, "default")


def test_a_command_runs_with_its_settings_and_a_flag_beats_them(here: Path) -> None:
    (here / "root").mkdir()
    (here / "oakum.toml").write_text(f'[sbom]\nformat = "table"\noutput = "{here}/out.txt"\nno-cache = true\n')
    assert run(["sbom", "dir:root"]) == 0
    assert "0 packages" in (here / "out.txt").read_text()
    assert run(["sbom", "dir:root", "-f", "json"]) == 0
    assert json.loads((here / "out.txt").read_text())["packages"] == []


def test_commands_in_a_group_have_sections_of_their_own(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "oakum.toml").write_text('[db.update]\nfrom = "./osv"\necosystem = ["Debian", "PyPI"]\n')
    found = shown(capsys, "db")
    assert found["db.update.from"] == ("./osv", "oakum.toml:2")
    assert found["db.update.ecosystem"] == (["Debian", "PyPI"], "oakum.toml:3")


def test_one_file_can_be_named_and_none_be_asked_for(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "oakum.toml").write_text('[scan]\nfail-on = "medium"\n')
    (here / "other.toml").write_text('[scan]\nformat = "json"\n')
    monkeypatch.setenv("OAKUM_CONFIG", "other.toml")
    found = shown(capsys)
    assert found["scan.format"] == ("json", "other.toml:2")
    assert found["scan.fail-on"][1] == "default"
    monkeypatch.setenv("OAKUM_CONFIG", "")
    assert shown(capsys)["scan.format"][1] == "default"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('fail-on = "high"', "oakum.toml:1: an option stands below its command"),
        ('[scan]\nfail-onn = "high"', "oakum.toml:2: no option is named 'fail-onn'\n  did you mean 'fail-on'?"),
        ('[scna]\nfail-on = "high"', "no command is named 'scna'\n  did you mean 'scan'?"),
        ('[scan]\nfail-on = "hih"', "oakum.toml:2: 'hih' is nothing that a gate refuses"),
        ('[scan]\nfail-on = ["high"]', "oakum.toml:2: fail-on takes one value"),
        ("[scan]\nfail-on = true", "oakum.toml:2: fail-on is no flag"),
        ('[scan]\nquiet = "yes"', "oakum.toml:2: quiet is true or false"),
        ("[scan", "oakum.toml: "),
        ("scan = " + "[" * 100_000, "oakum.toml: "),
    ],
)
def test_a_mistake_is_refused_before_anything_is_done(
    text: str, said: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "oakum.toml").write_text(text)
    assert run(["scan", "."]) == 78
    caught = capsys.readouterr()
    assert said in caught.err
    assert caught.out == ""


def test_a_bad_word_of_the_environment_names_its_variable(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("OAKUM_SCAN_FAIL_ON", "hih")
    assert run(["scan", "."]) == 78
    assert "environment OAKUM_SCAN_FAIL_ON: 'hih' is nothing that a gate refuses" in capsys.readouterr().err


def test_config_of_what_is_no_command_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["config", "scna"]) == 64
    assert "no command is named 'scna'" in capsys.readouterr().err
