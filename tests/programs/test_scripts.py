"""The two scripts find their checkout from everywhere, and installing has one owner at a time."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCED = 'set -eu; here=$1; . "$here/scripts/install.sh"; '


def shell(text: str, place: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    words = ["sh", "-c", text, "sh", str(place)]
    return subprocess.run(
        words, capture_output=True, text=True, check=False, cwd=place.parent, env=os.environ | environment
    )


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout whose installation is done, with a program that says what it was given."""
    place = tmp_path / "a checkout"
    for folder in ("scripts", "requirements"):
        shutil.copytree(ROOT / folder, place / folder)
    for file in ("oakum", "pyproject.toml"):
        shutil.copy(ROOT / file, place / file)
    (place / "src").mkdir()
    (place / ".venv/bin").mkdir(parents=True)
    (place / ".venv/bin/python").touch()
    program = place / ".venv/bin/oakum"
    program.write_text('#!/bin/sh\nprintf "<%s>" "$@"\n')
    program.chmod(0o755)
    (place / ".venv/compiled").touch()
    assert shell(SOURCED + 'wanted_state run >"$here/.venv/installed-run"', place).returncode == 0
    return place


@pytest.mark.parametrize("command", ['"$1/oakum"', 'sh "a checkout/oakum"', "./link"])
def test_the_script_runs_from_everywhere(checkout: Path, command: str) -> None:
    (checkout.parent / "link").symlink_to(checkout / "oakum")
    ran = shell(command + " scan 'a b'", checkout, CDPATH=".:/")
    assert (ran.stdout, ran.stderr, ran.returncode) == ("<scan><a b>", "", 0)


@pytest.mark.parametrize("change", ["pins", "place"])
def test_new_pins_or_a_new_place_need_an_installation(checkout: Path, change: str) -> None:
    if change == "pins":
        (checkout / "requirements/run.txt").write_text("")
    else:
        checkout = checkout.rename(checkout.parent / "elsewhere")
    assert shell(SOURCED + "is_installed run", checkout).returncode == 1


def test_a_dead_owner_of_the_lock_is_followed(checkout: Path) -> None:
    (checkout / ".venv.lock").symlink_to("4194305")  # above the greatest process id of Linux
    ran = shell(SOURCED + 'lock="$here/.venv.lock"; take_lock; readlink "$lock"; echo $$', checkout)
    owner, process = ran.stdout.split()
    assert owner == process


def test_a_living_owner_of_the_lock_is_waited_for(checkout: Path) -> None:
    (checkout / ".venv.lock").symlink_to(str(os.getpid()))
    released = 'sleep() { rm "$lock"; }; lock="$here/.venv.lock"; take_lock'
    ran = shell(SOURCED + released, checkout)
    assert (ran.returncode, ran.stderr) == (0, f"oakum: waiting for the installation that process {os.getpid()} does\n")
