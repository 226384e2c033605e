"""Writers that are killed at any moment, and readers beside them: nothing that was acknowledged is lost."""

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from oakum.adapters.store.events import StoredEvents
from oakum.adapters.store.fleet import StoredFleet
from oakum.adapters.store.ledger import StoredLedger
from oakum.flows.verify_audit import verify_audit
from oakum.model.event import Event
from oakum.model.fleet import Container

SOURCE = str(Path(__file__).parents[2] / "src")
NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
KILLS = 5

WRITER = """
import sys
from datetime import UTC, datetime
from oakum.adapters.store.events import StoredEvents
from oakum.adapters.store.fleet import StoredFleet
from oakum.adapters.store.ledger import StoredLedger
from oakum.model.event import Event
from oakum.model.fleet import Container

folder, run, first = sys.argv[1], sys.argv[2], int(sys.argv[3])
ledger = StoredLedger(folder + "/ledger.db", lambda: datetime.now(UTC))
fleet = StoredFleet(folder + "/fleet.db")
events = StoredEvents(folder + "/events.db", folder + "/events")
for number in range(first, first + 100_000):
    with ledger.together():
        ledger.set_setting("last", str(number))
        ledger.audit("writer", "counted", str(number), {"run": run})
    fleet.keep_containers([Container(f"{number:064x}", "h", f"c{number}", state="running")])
    events.append("h", run, [Event("exec", number * 1000 + at, "h", sequence=number * 10 + at) for at in range(10)])
    print(number, flush=True)  # the acknowledgement
"""


@contextmanager
def writer(folder: Path, run: str, first: int) -> Iterator["subprocess.Popen[bytes]"]:
    words = [sys.executable, "-c", WRITER, str(folder), run, str(first)]
    environment = {"PATH": os.defpath, "PYTHONPATH": SOURCE}
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment) as process:
        try:
            yield process
        finally:
            process.kill()


def killed_at_a_random_moment(folder: Path, run: str, first: int, chance: random.Random) -> int:
    """The last number that a writer acknowledged before it was killed."""
    with writer(folder, run, first) as process:
        assert process.stdout is not None
        last = first - 1
        for _ in range(chance.randrange(1, 30)):
            line = process.stdout.readline()
            assert line, process.stderr and process.stderr.read()
            last = int(line)
        time.sleep(chance.random() / 50)
        process.kill()
        return max([last, *(int(line) for line in process.stdout.read().split(b"\n") if line)])


def test_a_killed_writer_loses_nothing_that_it_acknowledged(tmp_path: Path) -> None:
    chance = random.Random(11)  # noqa: S311 - moments of a test
    first = 0
    acknowledged: list[int] = []
    for run in range(KILLS):
        last = killed_at_a_random_moment(tmp_path, f"run{run}", first, chance)
        acknowledged.extend(range(first, last + 1))
        first = last + 10  # numbers between are those that were in flight
    ledger = StoredLedger(str(tmp_path / "ledger.db"), lambda: NOW)
    told = [int(entry.target) for entry in ledger.trail(limit=100_000)]
    assert verify_audit(ledger, None).troubles == ()
    assert ledger.setting("last") == str(told[-1])
    ledger.close()
    assert set(acknowledged) <= set(told)
    assert len(set(told) - set(acknowledged)) <= KILLS
    fleet = StoredFleet(str(tmp_path / "fleet.db"))
    assert {f"c{number}" for number in acknowledged} <= {one.name for one in fleet.containers(limit=100_000)[0]}
    fleet.close()
    events = StoredEvents(str(tmp_path / "events.db"), str(tmp_path / "events"))
    sequences = [one.sequence for one in events.events()]
    assert len(sequences) == len(set(sequences))
    assert {number * 10 + at for number in acknowledged for at in range(10)} <= set(sequences)
    assert not len(sequences) % 10  # a batch is there whole or not at all
    events.close()


def test_bytes_that_a_crash_left_in_a_segment_are_never_read(tmp_path: Path) -> None:
    events = StoredEvents(str(tmp_path / "events.db"), str(tmp_path / "events"))
    events.append("h", "run", [Event("exec", 1, "h", sequence=1)])
    (segment,) = (tmp_path / "events").rglob("*.seg")
    with open(segment, "ab") as file:
        file.write(b"half a chunk")
    (segment.parent / "7.seg").write_bytes(b"a segment without a row")
    events.append("h", "run", [Event("exec", 2, "h", sequence=2)])
    assert [one.sequence for one in events.events()] == [1, 2]
    events.forget(0)
    assert [path.name for path in (tmp_path / "events").rglob("*.seg")] == ["0.seg"]
    events.close()


def test_a_writer_in_another_process_and_readers_see_whole_transactions(tmp_path: Path) -> None:
    with writer(tmp_path, "other", 0) as process:
        assert process.stdout is not None
        process.stdout.readline()
        looking = StoredLedger(str(tmp_path / "ledger.db"), lambda: NOW, looking=True)
        mine = StoredFleet(str(tmp_path / "fleet.db"))
        for number in range(30):
            mine.keep_containers([Container(f"{number:064x}"[::-1], "mine", f"m{number}", state="running")])
            before, last, after = looking.head(), looking.setting("last"), looking.head()
            assert before is not None
            assert after is not None  # what is set in one transaction with an entry is never ahead of it, nor behind
            assert int(before.target) <= int(last) <= int(after.target)
        assert process.poll() is None
        assert len(mine.containers(host="mine")[0]) == 30
        looking.close()
        mine.close()


@pytest.mark.live("postgresql")
def test_a_killed_writer_of_postgresql_leaves_a_whole_chain(request: pytest.FixtureRequest) -> None:
    place = request.getfixturevalue("postgres").database()
    chance = random.Random(12)  # noqa: S311 - as above
    script = WRITER.replace('folder + "/ledger.db"', "folder").replace('folder + "/fleet.db"', "folder")
    script = script.replace('folder + "/events.db", folder + "/events"', "folder, ''")
    told = -1
    for run in range(3):
        words = [sys.executable, "-c", script, place, f"run{run}", str(told + 10)]
        with subprocess.Popen(words, stdout=subprocess.PIPE, env={"PATH": os.defpath, "PYTHONPATH": SOURCE}) as process:
            assert process.stdout is not None
            for _ in range(chance.randrange(1, 20)):
                told = int(process.stdout.readline())
            process.kill()
        ledger = StoredLedger(place, lambda: NOW)
        assert str(told) in [entry.target for entry in ledger.trail(limit=100_000)]
        assert verify_audit(ledger, None).troubles == ()
        ledger.close()
