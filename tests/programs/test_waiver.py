"""Waivers in files, as a person writes them, and git's word for who signed them."""

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from oakum.adapters.git_signer import signer_of

Oakum = Callable[..., Any]
POLICY = """oakum: policy/1
name: no-a
title: no a
severity: low
waivers: COUNTED
when: {package: {name: a}}
then: {build: deny}
"""
WAIVER = '[[ignore]]\npolicy = "no-a"\nreason = "it is all we have"\nexpires = 2036-01-31\n'


@pytest.fixture
def target(tmp_path: Path) -> str:
    place = tmp_path / "root" / "lib" / "a-1.dist-info"
    place.mkdir(parents=True)
    (place / "METADATA").write_text("Metadata-Version: 2.1\nName: a\nVersion: 1\n\n")
    return f"rootfs:{tmp_path}/root"


def gate(oakum: Oakum, target: str, place: Path, counted: str = "any") -> Any:  # noqa: ANN401 - how it ended
    (place / "p.yaml").write_text(POLICY.replace("COUNTED", counted))
    return oakum("gate", target, "-p", f"{place}/p.yaml", "--ignore-file", f"{place}/w.toml", "-f", "json")


def test_a_file_accepts_what_a_policy_says_and_an_unproven_one_only_where_the_policy_takes_it(
    oakum: Oakum, target: str, tmp_path: Path
) -> None:
    (tmp_path / "w.toml").write_text(WAIVER)
    assert gate(oakum, target, tmp_path).code == 0
    assert gate(oakum, target, tmp_path, "proven").code == 1


def test_a_waiver_for_no_policy_is_refused_with_its_place_and_the_nearest_name(
    oakum: Oakum, target: str, tmp_path: Path
) -> None:
    (tmp_path / "w.toml").write_text("\n" + WAIVER.replace("no-a", "no-b"))
    ended = gate(oakum, target, tmp_path)
    assert ended.code == 78
    assert "w.toml:2:1: no policy is named 'no-b'\n  did you mean 'no-a'?" in ended.err


def test_a_supplier_says_that_it_is_not_affected(oakum: Oakum, target: str, tmp_path: Path) -> None:
    base = tmp_path / "osv" / "PyPI"
    base.mkdir(parents=True)
    affected = [{"package": {"ecosystem": "PyPI", "name": "a"}, "versions": ["1"]}]
    (base / "1.json").write_text(json.dumps({"id": "GHSA-1", "aliases": ["CVE-2026-1"], "affected": affected}))
    assert oakum("db", "update", "--from", f"{tmp_path}/osv").code == 0
    statement = {
        "vulnerability": {"name": "CVE-2026-1"},
        "products": [{"@id": "pkg:pypi/a@1"}],
        "status": "not_affected",
    }
    document = {
        "@context": "https://openvex.dev/ns/v0.2.0",
        "statements": [{**statement, "justification": "component_not_present"}],
    }
    (tmp_path / "vex.json").write_text(json.dumps(document))
    before = oakum("scan", target, "-f", "json").document
    after = oakum("scan", target, "-f", "json", "--vex", f"{tmp_path}/vex.json").document
    assert [one["id"] for one in before["vulnerabilities"]] == ["CVE-2026-1"]
    assert after["vulnerabilities"] == []
    assert "vex.json, statement 1: not_affected: component_not_present" in json.dumps(after["suppressed"])
    assert oakum("scan", target, "--vex", f"{tmp_path}/root/lib/a-1.dist-info/METADATA").code == 78


@pytest.mark.live("git", "ssh-keygen")
def test_the_signer_of_the_commit_answers_for_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository = tmp_path / "repository"
    repository.mkdir()
    key, signers = tmp_path / "key", tmp_path / "signers"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
    signers.write_text(f"lead@example.com {key.with_suffix('.pub').read_text()}")
    (tmp_path / "gitconfig").write_text(
        f"[user]\nname = lead\nemail = lead@example.com\nsigningkey = {key}.pub\n"
        f'[gpg]\nformat = ssh\n[gpg "ssh"]\nallowedSignersFile = {signers}\n[commit]\ngpgsign = true\n'
    )
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    waivers = repository / "w.toml"
    waivers.write_text(WAIVER)
    assert signer_of(str(waivers)) == ""
    for words in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "accept"]):
        subprocess.run(["git", "-C", str(repository), *words], check=True, env={**os.environ, "HOME": str(tmp_path)})
    assert signer_of(str(waivers)) == "lead@example.com"
    waivers.write_text(WAIVER + "\n")
    assert signer_of(str(waivers)) == ""
    waivers.write_text(WAIVER)
    signers.write_text("")
    assert signer_of(str(waivers)) == ""
