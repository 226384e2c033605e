"""One container's whole life, for real; and what a part that is missing does to the step that depends on it."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.live(
    "dockerd", "docker-registry", "busybox", "dpkg", "openssl", "sensor", "chromium", "console"
)

ROOT = Path(__file__).parents[2]
PAGES = [
    "overview",
    "images",
    "image",
    "containers",
    "container",
    "incidents",
    "incident",
    "decisions",
    "decision",
    "waivers",
    "affected",
    "hosts",
    "audit",
    "settings",
]
BROKEN = {
    "token": ("build", r"the token ci was revoked"),
    "layer": ("push", r"the registry sends something else than sha256:"),
    "authz": ("deploy", r"the engine could not ask oakum"),
    "ring": ("drift", r"an incident names /tmp/tool: not within"),
    "advisories": ("learn", r"the folder of advisories is gone"),
}


def life(*words: str) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}/src"}
    command = [sys.executable, "-m", "bench.life", *words]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=400, check=False)


def test_the_whole_story_and_a_picture_of_each_page(tmp_path: Path) -> None:
    told = life("--screens", str(tmp_path))
    assert told.returncode == 0, told.stdout + told.stderr
    assert len(told.stdout.splitlines()) == 10
    for page in PAGES:
        assert (tmp_path / f"{page}.png").stat().st_size > 10_000


def test_the_story_goes_on_while_every_process_is_killed_ten_times() -> None:
    told = life("--storm")
    assert told.returncode == 0, told.stdout + told.stderr
    assert "killed: api_process 10, worker 10, decider 10, agent 10" in told.stdout


@pytest.mark.parametrize("part", BROKEN)
def test_the_step_that_depends_on_a_missing_part_fails_with_its_own_line(part: str) -> None:
    step, why = BROKEN[part]
    told = life("--without", part)
    assert told.returncode == 1, told.stdout + told.stderr
    assert re.search(rf"^ *\d+ {step} +FAILED .*{why}", told.stdout.splitlines()[-1]), told.stdout
