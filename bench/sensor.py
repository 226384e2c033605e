"""What the kernel sensor costs and how fast it is: python -m bench.sensor, as root, with the sensor built.

The workload runs in a mount namespace of its own, as a container's processes do, on one processor; the sensor's reader
on another. Its files lie in memory, so that no disk is measured. Costs are processor time of the workload with its
children (getrusage), the least of several rounds, with and without the sensor in turn. A busy machine makes latencies
worse and hardly moves the least cost.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median, quantiles
from typing import Final

from oakum.facts.record import Scene
from oakum.flows.watch_containers import decode, kinds
from oakum.sources.kernel.sensor import Asked, Sensor

_WORKLOAD: Final = """
import json, os, resource, sys
what, count, folder = sys.argv[1], int(sys.argv[2]), sys.argv[3]
os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
def used():
    every = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in every)
source = os.open("/bin/true", os.O_RDONLY)
begin = used()
for one in range(count):
    if what == "exec":
        os.waitpid(os.posix_spawn("/bin/true", ["true"], {}), 0)
    elif what == "memory":
        program = os.memfd_create("true", 0)
        os.sendfile(program, source, 0, 1 << 20)
        os.waitpid(os.posix_spawn(f"/proc/self/fd/{program}", ["true"], {}), 0)
        os.close(program)
    elif what == "write":
        os.close(os.open(f"{folder}/{one}", os.O_WRONLY | os.O_CREAT))
    elif what == "rewrite":
        os.close(os.open(f"{folder}/same", os.O_WRONLY | os.O_CREAT))
    else:
        os.getppid()
json.dump((used() - begin) / count * 1e6, sys.stdout)
"""

_COUNTS: Final = {"exec": 1_000, "write": 20_000, "rewrite": 20_000, "getppid": 500_000}
_MODES: Final = (("no sensor", None), ("exec and exit", ("exec", "exit", "container")), ("all", tuple(Asked().parts)))


def main() -> None:
    """Print the three tables."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--scale", type=float, default=1.0, help="of the workload")
    words = asked.parse_args()
    counts = {what: max(100, int(count * words.scale)) for what, count in _COUNTS.items()}
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    print(f"load average at the start: {os.getloadavg()[0]:.1f}")
    _costs(counts, words.rounds)
    records = _latency("exec", counts["exec"])
    _latency("memory", counts["exec"])
    _decoding(records)


def _costs(counts: dict[str, int], rounds: int) -> None:
    found: dict[tuple[str, str], list[float]] = {}
    spent = {mode: 0.0 for mode, _ in _MODES}
    for _ in range(rounds):
        for mode, parts in _MODES:
            with _running(parts) as sensor:
                before = time.process_time()
                for what, count in counts.items():
                    found.setdefault((mode, what), []).append(_work(what, count, sensor)[0])
                spent[mode] += time.process_time() - before
                lost = sensor.totals() if sensor else None
    print(f"\nworkload, us of processor time per operation, least of {rounds} rounds (median)")
    print(f"{'':16}" + "".join(f"{what:>20}" for what in counts))
    for mode, _ in _MODES:
        cells = (found[mode, what] for what in counts)
        print(f"{mode:16}" + "".join(f"{f'{min(cell):.2f} ({median(cell):.2f})':>20}" for cell in cells))
    print(f"reader, seconds of processor time per round: {spent['all'] / rounds:.2f}; last round: {lost}")


def _latency(what: str, count: int) -> list[bytes]:
    """From the kernel's stamp in an exec to the moment at which its record is in hand."""
    with _running(tuple(Asked().parts)) as sensor:
        _, stamps, records = _work(what, count, sensor)
    parts = quantiles(stamps, n=100)
    kind = {"exec": "an ordinary start", "memory": "the start of a program in memory"}[what]
    print(f"\n{kind} to its record in hand, {len(stamps)} records: p50 {parts[49]:.2f} ms, p99 {parts[98]:.2f} ms")
    return records


def _decoding(records: list[bytes]) -> None:
    every, scene = kinds(), Scene("here", 0, {})
    begin = time.process_time()
    for record in records:
        decode(record, every, scene)
    each = (time.process_time() - begin) / len(records)
    print(f"record to event: {each * 1e6:.1f} us, {1 / each:,.0f} events per second and processor")


@contextmanager
def _running(parts: tuple[str, ...] | None) -> Iterator[Sensor | None]:
    sensor = Sensor(Asked(parts, rate=0)) if parts else None
    try:
        yield sensor
    finally:
        if sensor:
            sensor.close()


def _work(what: str, count: int, sensor: Sensor | None) -> tuple[float, list[float], list[bytes]]:
    """One workload: its cost, the latencies of starts in ms, and the records."""
    latencies: list[float] = []
    records: list[bytes] = []
    with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
        command = ["unshare", "--mount", sys.executable, "-c", _WORKLOAD, what, str(count), folder]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            while sensor and process.poll() is None:
                taken = sensor.poll(0.05)
                now = time.clock_gettime_ns(time.CLOCK_BOOTTIME)
                records += taken
                latencies += [(now - _stamp(one)) / 1e6 for one in taken if one[4] == 1]
            said, _ = process.communicate()
    return float(json.loads(said)), latencies, records


def _stamp(record: bytes) -> int:
    return int.from_bytes(record[8:16], "little")


if __name__ == "__main__":
    main()
