"""Tokens of a state folder, without a server."""

import subprocess
import sys
from pathlib import Path

from oakum.apps import store_wiring


def oakum(*words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "oakum", *words], capture_output=True, text=True, timeout=60, check=False
    )


def test_a_token_is_made_listed_and_revoked(tmp_path: Path) -> None:
    state = str(tmp_path)
    assert oakum("token", "create", "ci", "--role", "gate", "--state", state).returncode == 78
    store_wiring.open_ledger(state).close()
    made = oakum("token", "create", "ci", "--role", "gate", "--state", state)
    assert made.stdout.startswith("oakum_")
    assert oakum("token", "create", "ci", "--role", "gate", "--state", state).returncode == 64
    listed = oakum("token", "list", "--state", state).stdout
    assert "ci" in listed
    assert made.stdout.strip() not in listed
    assert oakum("token", "revoke", "ci", "--state", state).returncode == 0
    assert "revoked" in oakum("token", "list", "--state", state).stdout
    assert oakum("token", "revoke", "nobody", "--state", state).returncode == 64
