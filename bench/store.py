"""Measure the stores: seed a fleet, then ask what is affected, on SQLite and on PostgreSQL.

python -m bench.store [--images 1000] [--packages 300] [--containers 20000] [-n 5]
"""

import argparse
import os
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from typing import Final

from oakum.adapters.store.events import StoredEvents
from oakum.adapters.store.fleet import StoredFleet
from oakum.adapters.store.ledger import StoredLedger
from oakum.flows.find_affected import Asked, find_affected
from oakum.model.event import Event
from oakum.testing.fleets import Sizes, seed
from oakum.testing.postgres import PostgresServer, binaries
from oakum.testing.report import finding

_LIMIT: Final = 1.0
"""Seconds in which an affected list is to be there."""
_QUESTIONS: Final = {
    "one CVE in every image": Asked(finding="CVE-2026-1000"),
    "one package below a version": Asked("lib0", "1.5.0-1"),
    "a package of some images": Asked("lib300"),
}


def main() -> int:
    """Print a table per database; 1 where a list takes longer than it may."""
    words = argparse.ArgumentParser(description="Measure the stores.")
    words.add_argument("--images", type=int, default=1000)
    words.add_argument("--packages", type=int, default=300)
    words.add_argument("--containers", type=int, default=20_000)
    words.add_argument("-n", "--times", type=int, default=5)
    asked = words.parse_args()
    sizes = Sizes(asked.images, asked.packages, asked.containers)
    load = os.getloadavg()[0]
    print(f"{sizes.images} images x {sizes.packages} packages, {sizes.containers} containers; load {load:.1f}")
    with ExitStack() as held:
        folder = held.enter_context(tempfile.TemporaryDirectory(prefix="oakum-bench-"))
        places = {"SQLite": folder}
        if binaries():
            places["PostgreSQL"] = held.enter_context(PostgresServer(durable=True)).database()
        slowest = [measure(name, place, sizes, asked.times) for name, place in places.items()]
    print(f"peak memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB")
    return int(max(slowest) > _LIMIT)


def measure(name: str, place: str, sizes: Sizes, times: int) -> float:
    """Seed and ask; give the slowest median of an affected list."""
    print(f"\n## {name}\n")

    def path(store: str) -> str:
        return place if "://" in place else os.path.join(place, f"{store}.db")

    fleet = StoredFleet(path("fleet"))
    print(f"seed: {timed(lambda: seed(fleet, sizes)):.1f} s")
    print("\n| affected list | rows | containers | median s | slowest s | processor s |\n|---|---|---|---|---|---|")
    slowest = 0.0
    for title, question in _QUESTIONS.items():
        reach = find_affected(fleet, question).affected
        began = time.process_time()
        taken = [timed(lambda: find_affected(fleet, question)) for _ in range(times)]  # noqa: B023 - called at once
        busy = (time.process_time() - began) / times
        slowest = max(slowest, statistics.median(taken))
        containers = len({one for row in reach for one in row.containers})
        seconds = f"{statistics.median(taken):.3f} | {max(taken):.3f} | {busy:.3f}"
        print(f"| {title} | {len(reach)} | {containers} | {seconds} |")
    slowest = max(slowest, _rejudge(fleet))
    fleet.close()
    _writes(path, place)
    return slowest


def _rejudge(fleet: StoredFleet) -> float:
    """A new advisory for a package of every image: from judging until the affected list."""
    ids = ("CVE-2026-1000", "CVE-2026-9999")
    said = {one.id: [finding(id_, one.installed) for id_ in ids] for one in fleet.packages(name="lib0")}
    began = time.perf_counter()
    new = fleet.rejudge(said)
    taken = time.perf_counter() - began
    containers = len({one for row in new for one in row.containers})
    print(f"| a new advisory, newly affected | {len(new)} | {containers} | {taken:.3f} | | |")
    return taken


def _writes(path: Callable[[str], str], place: str) -> None:
    """What one writer acknowledges in a second, each in a transaction of its own."""
    ledger = StoredLedger(path("ledger"), lambda: datetime.now(UTC))
    taken = timed(lambda: [ledger.audit("a", "b", str(number), {}) for number in range(300)])
    print(f"\naudit entries: {300 / taken:,.0f}/s, one transaction each")
    ledger.close()
    events = StoredEvents(path("events"), os.path.join(place, "events"))
    batches = [
        [Event("exec", (n * 500 + at) * 1_000_000, "h", "c", n * 500 + at) for at in range(500)] for n in range(40)
    ]
    taken = timed(lambda: [events.append("h", "r", batch) for batch in batches])
    print(f"events: {20_000 / taken:,.0f}/s in batches of 500")
    taken = timed(lambda: sum(1 for _ in events.events()))
    print(f"events read: {20_000 / taken:,.0f}/s")
    events.close()


def timed(act: Callable[[], object]) -> float:
    """Seconds that something takes."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


if __name__ == "__main__":
    raise SystemExit(main())
