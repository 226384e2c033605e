"""The ready integrations for CI systems: what of them can run here runs here."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from oakum.kit import yaml

Oakum = Callable[..., Any]
ROOT = Path(__file__).parents[2]
CI = ROOT / "deploy" / "ci"
AFFECTED = [
    {
        "package": {"ecosystem": "PyPI", "name": "a"},
        "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "2"}]}],
    }
]
RECORD = {
    "id": "CVE-2026-1",
    "published": "2026-01-01T00:00:00Z",
    "affected": AFFECTED,
    "database_specific": {"severity": "HIGH"},
}


def install(place: Path, version: str) -> None:
    folder = place / "lib" / f"a-{version}.dist-info"
    folder.mkdir(parents=True)
    (folder / "METADATA").write_text(f"Metadata-Version: 2.1\nName: a\nVersion: {version}\n\n")


@pytest.fixture
def repository(oakum: Oakum, tmp_path: Path) -> Path:
    """A repository with a vulnerable dependency, and advisories that say so."""
    (tmp_path / "osv" / "PyPI").mkdir(parents=True)
    (tmp_path / "osv" / "PyPI" / "1.json").write_text(json.dumps(RECORD))
    assert oakum("db", "update", "--from", f"{tmp_path}/osv").code == 0
    place = tmp_path / "repository"
    install(place / "root", "1")
    return place


def job(repository: Path, surroundings: dict[str, str], **environment: str) -> "subprocess.CompletedProcess[str]":
    """What a pipeline's shell step does."""
    words = {"OAKUM_TARGET": "rootfs:root", "OAKUM_PROGRAM": f"{sys.executable} -m oakum", **environment}
    return subprocess.run(
        ["sh", "-ec", f"{CI}/gate.sh"],
        cwd=repository,
        env={**surroundings, **words},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_job_is_refused_says_what_to_do_and_passes_once_that_is_done(
    repository: Path, surroundings: dict[str, str]
) -> None:
    refused = job(repository, surroundings)
    assert refused.returncode == 1, refused.stderr
    advice = re.search(r"a 1 -> (\S+) \(pypi", refused.stdout)
    assert advice is not None, refused.stdout
    reports = repository / "oakum-reports"
    assert json.loads((reports / "oakum.sarif").read_text())["runs"][0]["results"][0]["ruleId"] == "CVE-2026-1"
    assert "<failure" in (reports / "oakum-junit.xml").read_text()
    assert json.loads((reports / "oakum-issues.json").read_text())["issues"]
    assert json.loads((reports / "gl-container-scanning-report.json").read_text())["vulnerabilities"]
    assert (reports / "decision.oakum").read_bytes()
    (repository / "root" / "lib" / "a-1.dist-info" / "METADATA").unlink()
    install(repository / "root", advice[1])
    passed = job(repository, surroundings)
    assert passed.returncode == 0, passed.stdout
    assert "<failure" not in (reports / "oakum-junit.xml").read_text()


@pytest.mark.parametrize(
    ("output", "said"), [("teamcity", "##teamcity[buildProblem "), ("github-annotations", "::error title=Oakum::")]
)
def test_a_systems_own_words_go_to_standard_output(
    repository: Path, surroundings: dict[str, str], output: str, said: str
) -> None:
    ended = job(repository, surroundings, OAKUM_OUTPUT=output)
    assert ended.returncode == 1
    assert said in ended.stdout


def test_only_what_is_new_counts(repository: Path, surroundings: dict[str, str], oakum: Oakum) -> None:
    baseline = repository / "baseline.json"
    assert oakum("gate", f"rootfs:{repository}/root", "--write-baseline", str(baseline)).code == 1
    assert job(repository, surroundings, OAKUM_BASELINE=str(baseline)).returncode == 0
    assert job(repository, surroundings, OAKUM_BASELINE="rootfs:root").returncode == 0
    known = json.loads(baseline.read_text())
    baseline.write_text(json.dumps({**known, "findings": []}))
    assert job(repository, surroundings, OAKUM_BASELINE=str(baseline)).returncode == 1
    baseline.write_text("{}")
    assert job(repository, surroundings, OAKUM_BASELINE=str(baseline)).returncode == 78


def test_a_report_of_no_format_is_refused_before_anything_is_scanned(oakum: Oakum) -> None:
    for word in ("sarif", "sarif=", "doc=x"):
        ended = oakum("gate", "rootfs:/nowhere", "--report", word)
        assert ended.code == 64
        assert "--report takes FORMAT=FILE" in ended.err


@pytest.mark.parametrize("path", sorted(str(one.relative_to(CI)) for one in CI.rglob("*.yml")))
def test_a_recipe_is_yaml_and_names_nothing_that_can_move(path: str) -> None:
    text = (CI / path).read_text()
    assert yaml.documents(text.replace("<<parameters.", "<<parameters.").encode())
    for used in re.findall(r"^\s*(?:- )?uses:\s*(\S+)", text, re.MULTILINE):
        assert re.search(r"@[0-9a-f]{40}$", used), used
    for image in re.findall(r"^\s*(?:- )?image:\s*(\S+)", text, re.MULTILINE):
        assert "@sha256:" in image or image.startswith(("$OAKUM_IMAGE", "<<parameters", "{type:")), image


def test_the_github_action_runs_as_its_steps_say(
    repository: Path, surroundings: dict[str, str], tmp_path: Path
) -> None:
    """Its second step, with the program that the first would have installed."""
    action = yaml.document((CI / "github" / "action.yml").read_bytes())
    gate = action["runs"]["steps"][1]
    program = tmp_path / "runner" / "oakum" / "bin" / "oakum"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m oakum "$@"\n')
    program.chmod(0o755)
    inputs = {"target": "rootfs:root", "policy": "starter", "baseline": ""}
    environment = {
        name: re.sub(
            r"\$\{\{ (?:inputs\.(\w+)|github\.action_path) \}\}",
            lambda found: inputs.get(found[1] or "", str(CI / "github")),
            value,
        )
        for name, value in gate["env"].items()
    }
    summary = tmp_path / "summary.md"
    ended = subprocess.run(
        ["sh", "-e", "-c", gate["run"]],
        cwd=repository,
        env={
            **surroundings,
            **environment,
            "RUNNER_TEMP": str(tmp_path / "runner"),
            "GITHUB_STEP_SUMMARY": str(summary),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1, ended.stderr
    assert "::error title=Oakum::deny: " in ended.stdout
    assert "CVE-2026-1" in summary.read_text()


def test_the_script_is_small_enough_to_read_and_runs_by_any_shell() -> None:
    assert os.access(CI / "gate.sh", os.X_OK)
    assert subprocess.run(["sh", "-n", str(CI / "gate.sh")], check=False).returncode == 0
