"""Several processes share one database and one cache."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from oakum.adapters.replacing import claim, remove

_READ = """
import sys
from oakum.apps import wiring
from oakum.model.advisory import AdvisoryKey
key = AdvisoryKey("PyPI", "a", "1")
for _ in range(60):
    found = wiring.open_advisories(sys.argv[1]).lookup([key])[key]
    versions = {one.id.split("-")[0] for one in found}
    assert len(found) == 200 and len(versions) == 1, (len(found), versions)
"""


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("OAKUM_")}
    return {**kept, "OAKUM_CACHE_DIR": str(tmp_path / "cache"), "HOME": str(tmp_path)}


def source(base: Path, generation: str, count: int = 200) -> Path:
    (base / "PyPI").mkdir(parents=True, exist_ok=True)
    for number in range(count):
        affected = [{"package": {"ecosystem": "PyPI", "name": "a"}, "versions": ["1"]}]
        record = {"id": f"{generation}-{number}", "affected": affected}
        (base / "PyPI" / f"{number}.json").write_text(json.dumps(record))
    return base


def started(environment: dict[str, str], *words: str) -> subprocess.Popen[str]:
    command = [sys.executable, *words]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def ended(process: subprocess.Popen[str]) -> str:
    """What it said, once it ended well."""
    out, said = process.communicate(timeout=120)
    assert process.returncode == 0, said
    return out + said


def update(environment: dict[str, str], base: Path) -> subprocess.Popen[str]:
    return started(environment, "-m", "oakum", "db", "update", "--from", str(base))


def until(holds: Callable[[], bool]) -> None:
    ends = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < ends
        time.sleep(0.005)


def test_readers_see_one_whole_database_while_updates_replace_it(tmp_path: Path, environment: dict[str, str]) -> None:
    base = source(tmp_path / "base", "A")
    ended(update(environment, base))
    path = str(tmp_path / "cache" / "advisories.db")
    readers = [started(environment, "-c", _READ, path) for _ in range(4)]
    for generation in "BC":
        ended(update(environment, source(base, generation)))
    for reader in readers:
        ended(reader)


def test_an_update_waits_for_another_one_to_end(tmp_path: Path, environment: dict[str, str]) -> None:
    base = source(tmp_path / "base", "A")
    ended(update(environment, base))
    path = str(tmp_path / "cache" / "advisories.db.new")
    held = claim(path)
    waiting = update(environment, base)
    assert waiting.stderr is not None
    said = waiting.stderr.readline()
    assert "another update is writing" in said
    assert "waiting until it has ended" in said
    assert waiting.poll() is None
    remove(path)
    os.close(held)
    assert "nothing changed" in ended(waiting)
    assert sorted(os.listdir(tmp_path / "cache")) == ["advisories.db", "advisories.db.state"]


def test_two_updates_at_once_come_one_after_the_other(tmp_path: Path, environment: dict[str, str]) -> None:
    base = source(tmp_path / "base", "A", 2_000)
    at_once = [update(environment, base) for _ in range(3)]
    for one in at_once:
        assert "2,000 records" in ended(one)
    assert sorted(os.listdir(tmp_path / "cache")) == ["advisories.db", "advisories.db.state"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_an_update_that_is_ended_leaves_the_old_database_and_the_next_one_cleans_up(
    tmp_path: Path, environment: dict[str, str], number: signal.Signals
) -> None:
    base = source(tmp_path / "base", "A")
    ended(update(environment, base))
    path = tmp_path / "cache" / "advisories.db"
    before = path.read_bytes()
    stopped = update(environment, source(base, "B", 4_000))
    until((tmp_path / "cache" / "advisories.db.work").exists)
    stopped.send_signal(number)
    stopped.communicate(timeout=60)
    assert stopped.returncode != 0
    assert path.read_bytes() == before
    if number != signal.SIGKILL:
        assert sorted(os.listdir(tmp_path / "cache")) == ["advisories.db", "advisories.db.state"]
    ended(update(environment, base))
    assert sorted(os.listdir(tmp_path / "cache")) == ["advisories.db", "advisories.db.state"]


def test_eight_scans_share_one_cache_and_one_database(tmp_path: Path, environment: dict[str, str]) -> None:
    ended(update(environment, source(tmp_path / "base", "A", 20)))
    for number in range(8):
        place = tmp_path / f"root{number}" / "lib" / "a-1.dist-info"
        place.mkdir(parents=True)
        (place / "METADATA").write_text("Metadata-Version: 2.1\nName: a\nVersion: 1\n\n")
    words = ("-m", "oakum", "scan", "-f", "json")
    scans = [started(environment, *words, f"rootfs:{tmp_path}/root{number}") for number in range(8)]
    for scan in scans:
        report = json.loads(ended(scan).splitlines()[0])
        assert len(report["vulnerabilities"]) == 20
        assert "not-kept" not in {gap["kind"] for gap in report["gaps"]}
