"""Run a command and measure it: wall time, CPU time and peak memory of the whole process tree.

Memory is the proportional set size (PSS): a page that several processes share counts once, so that a tool of two
processes is compared fairly with a tool of one. Run alone as ``python bench/pss.py COMMAND ...``.
"""

import contextlib
import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from oakum.kit.parent import adopt_orphans

EVERY = 0.02
_SETTLED: Final = 0.01
"""Seconds until what a command ended with itself is gone."""


class Measured(NamedTuple):
    """One run: seconds of wall and CPU, peak PSS in KiB (0 when not sampled), exit code."""

    wall: float
    cpu: float
    peak: int
    code: int


def children(pid: int) -> list[int]:
    """The direct children of a process, those of all its threads."""
    found: list[int] = []
    try:
        for thread in os.listdir(f"/proc/{pid}/task"):
            with open(f"/proc/{pid}/task/{thread}/children", encoding="ascii") as listed:
                found += [int(child) for child in listed.read().split()]
    except OSError:
        pass
    return found


def pss_of(pid: int) -> int:
    """The proportional set size of one process in KiB; 0 when it has ended."""
    try:
        with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as rollup:
            return next((int(line.split()[1]) for line in rollup if line.startswith("Pss:")), 0)
    except OSError:
        return 0


def tree_pss(pid: int) -> int:
    """The sum over a process and all below it, in KiB."""
    return pss_of(pid) + sum(tree_pss(child) for child in children(pid))


def measure(command: Sequence[str], env: Mapping[str, str] | None = None, *, memory: bool = False) -> Measured:
    """Run a command to its end. Sampling memory disturbs the times, so ask for one or the other."""
    adopt_orphans()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peaks = [0]
    ended = threading.Event()
    sampler = threading.Thread(target=_sample, args=(process.pid, peaks, ended))
    if memory:
        sampler.start()
    code = process.wait()
    wall = time.perf_counter() - start
    ended.set()
    if memory:
        sampler.join()
    see_off()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Measured(wall, cpu, peaks[0], code)


def see_off() -> None:
    """Wait for processes that the command left behind, so that their time counts too."""
    time.sleep(_SETTLED)
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _sample(pid: int, peaks: list[int], ended: threading.Event) -> None:
    while not ended.is_set():
        peaks[0] = max(peaks[0], tree_pss(pid))
        ended.wait(EVERY)


if __name__ == "__main__":
    run = measure(sys.argv[1:], memory=True)
    print(f"{run.wall:.3f} s wall, {run.cpu:.3f} s cpu, {run.peak} KiB peak, exit {run.code}")
    raise SystemExit(run.code)
