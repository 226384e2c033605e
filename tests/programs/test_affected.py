"""``oakum affected`` and ``oakum audit verify`` on a state folder that was filled as a server does."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from oakum.apps import store_wiring
from oakum.testing.fleets import Sizes, seed

Oakum = Callable[..., Any]


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = str(tmp_path_factory.mktemp("state"))
    fleet = store_wiring.open_fleet(folder)
    seed(fleet, Sizes(images=7, packages=5, containers=21, hosts=3))
    fleet.close()
    ledger = store_wiring.open_ledger(folder)
    for number in range(100):
        ledger.audit("system", "policy.set", f"p{number}", {})
    ledger.close()
    return folder


def test_a_vulnerability_leads_to_containers(oakum: Oakum, state: str) -> None:
    ended = oakum("affected", "--cve", "CVE-2026-1000", "--state", state)
    assert ended.code == 0
    text = ended.out.decode()
    assert text.endswith("7 images, 21 running containers, 3 hosts\n")
    assert "  package  lib0 1.0.0-1, CVE-2026-1000\n  layer    0: ADD rootfs.tar.gz /\n  take     1.7.0-1\n" in text


def test_a_version_parts_the_fleet(oakum: Oakum, state: str) -> None:
    ended = oakum("affected", "--package", "lib0", "--below", "1.3.0-1", "--state", state, "-f", "json")
    document = json.loads(ended.out)
    assert [row["package"] for row in document["affected"]] == ["lib0 1.0.0-1", "lib0 1.1.0-1", "lib0 1.2.0-1"]
    assert [len(row["containers"]) for row in document["affected"]] == [3, 3, 3]
    assert document["unknown"] == []


def test_bad_words_are_refused(refused: Callable[..., str], state: str, tmp_path: Path) -> None:
    assert "nothing says what is looked for" in refused(64, "affected", "--state", state)
    assert "there is no fleet at" in refused(78, "affected", "--cve", "x", "--state", str(tmp_path))
    assert "there is no ledger at" in refused(78, "audit", "verify", "--state", str(tmp_path))
    (tmp_path / "fleet.db").write_bytes(b"x" * 5000)
    assert "not a database" in refused(78, "affected", "--cve", "x", "--state", str(tmp_path))
    assert "cannot be read" in refused(78, "audit", "verify", "--state", state, "--key", str(tmp_path / "none"))
    assert "cannot be read" in refused(65, "audit", "verify", "--state", state, "--export", str(tmp_path / "none"))


def test_the_trail_is_verified_from_outside(oakum: Oakum, state: str, tmp_path: Path) -> None:
    heads, key = os.path.join(state, "audit-heads.jsonl"), os.path.join(state, "audit.key.pub")
    whole = oakum("audit", "verify", "--state", state, "--export", heads, "--key", key)
    assert (whole.code, whole.err) == (0, "")
    assert whole.out == b"100 entries, each follows the one before it\nsigned until entry 100\n"
    (tmp_path / "heads").write_bytes(b"")
    nobody = oakum("audit", "verify", "--state", state, "--export", str(tmp_path / "heads"))
    assert nobody.code == 2
    (tmp_path / "heads").write_bytes(b"{}\n")
    broken = oakum("audit", "verify", "--state", state, "--export", str(tmp_path / "heads"))
    assert broken.code == 1
    assert broken.out.startswith(b"line 1 of the export is no head that this key signed\n")
