"""All paired benchmarks in one run: ``python -m bench.run --images DIR --peers DIR --advisories DIR``.

Each pair runs A B A B in whole processes, so that what else the machine does falls on both; a ratio is the median of
the ratios pair by pair. Peak memory is taken in a run of its own, since sampling disturbs the times.
"""

import argparse
import datetime as dt
import os
import platform
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from bench.peers import Peers, gunzip, oakum, trivy_cache
from bench.pss import Measured, measure
from bench.registry import registry_row

PAGE = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "docs", "reference", "benchmarks.md")
HEAD = "| image | what | n | ours | other | ratio | limit | |\n|---|---|---|---|---|---|---|---|"

PROSE = """\
# Benchmarks

This page is written by `make bench IMAGES=… PEERS=… ADVISORIES=…`; [bench/README.md](../../bench/README.md) says
how to get the images and the peers, and how to read the numbers. The limits are the project's own goals; a **FAIL** is
one that is not reached.

"""

Command = Callable[[str], list[str]]
"""Makes a command line, given a new empty folder for its cache."""


class Bench(NamedTuple):
    """What every pair needs: the peers, a folder for scratch, the database, the environment."""

    peers: Peers
    scratch: str
    db: str
    env: Mapping[str, str]

    def once(self, make: Command, *, memory: bool = False, warm: str = "") -> Measured:
        """Run one command in a new cache, or in ``warm``; a run that fails ends the benchmark."""
        cache = warm or tempfile.mkdtemp(dir=self.scratch)
        command = make(cache)
        run = measure(command, {**self.env, "OAKUM_CACHE_DIR": cache}, memory=memory)
        if not warm:
            shutil.rmtree(cache, ignore_errors=True)
        if run.code not in ((0, 1) if "--local-db-path" in command else (0,)):
            raise SystemExit(f"ended with {run.code}: {' '.join(command)}")
        return run

    def pair(self, ours: Command, other: Command, n: int) -> list[tuple[Measured, Measured]]:
        """Both in turn, ``n`` times."""
        return [(self.once(ours), self.once(other)) for _ in range(n)]


def row(image: str, what: str, pairs: list[tuple[Measured, Measured]], limit: float) -> str:
    """One line of the table, from the times of paired runs."""
    ours, other = (
        [f"{statistics.median(run[i] for run in side):.3f}" for i in (0, 1)] for side in zip(*pairs, strict=True)
    )
    ratio = statistics.median(a.wall / b.wall for a, b in pairs)
    cells = (" / ".join(ours) + " s", " / ".join(other) + " s")
    return line(image, what, len(pairs), cells, (ratio, limit))


def line(image: str, what: str, n: int, cells: tuple[str, str], judged: tuple[float, float]) -> str:
    """One line of the table: the two sides, the ratio (or the value) and its limit."""
    verdict = "pass" if judged[0] <= judged[1] else "**FAIL**"
    return f"| {image} | {what} | {n} | {cells[0]} | {cells[1]} | {judged[0]:.3f} | {judged[1]:.3f} | {verdict} |"


def image_rows(bench: Bench, image: str, n: int) -> Iterator[str]:
    """Everything about one image: inventory, memory, full scan, re-scan."""
    name = os.path.basename(image)
    archive = f"docker-archive:{image}/docker.tar"

    def sbom(_cache: str) -> list[str]:
        return oakum("sbom", f"oci-layout:{image}/oci", "-f", "json", "--no-cache", "-o", os.devnull)

    def trivy(cache: str) -> list[str]:
        return bench.peers.trivy(image, trivy_cache(cache))

    def scan(*more: str) -> Command:
        return lambda _cache: oakum("scan", archive, "--db", bench.db, "-f", "json", "-o", os.devnull, *more)

    yield row(name, "inventory / gunzip alone", bench.pair(sbom, lambda _: gunzip(image), n), 1.5)
    yield row(name, "inventory / syft", bench.pair(sbom, lambda _: bench.peers.syft(image), n), 1 / 6)
    yield row(name, "inventory / trivy", bench.pair(sbom, trivy, n), 1 / 3)
    a, b = (bench.once(make, memory=True).peak / 1024 for make in (sbom, trivy))
    yield line(name, "peak memory / trivy", 1, (f"{a:.0f} MiB", f"{b:.0f} MiB"), (a / b, 0.5))
    if bench.peers.has("osv-scanner"):
        full = bench.pair(scan("--no-cache"), lambda _: bench.peers.osv_scanner(image), n)
        yield row(name, "full scan / osv-scanner", full, 1 / 3)
    yield registry_row(image, n)
    warm = tempfile.mkdtemp(dir=bench.scratch)
    bench.once(scan(), warm=warm)
    again = statistics.median(bench.once(scan(), warm=warm).wall for _ in range(2 * n + 1))
    yield line(name, "re-scan, seconds", 2 * n + 1, (f"{again:.3f} s", ""), (again, 0.25))


def start_rows(bench: Bench) -> Iterator[str]:
    """How long the program takes to start, against the bare interpreter."""

    def bare(_cache: str) -> list[str]:
        return [sys.executable, "-c", "pass"]

    yield row("", "--version / python -c pass", bench.pair(lambda _: oakum("--version"), bare, 21), 2)
    yield row("", "scan --help / python -c pass", bench.pair(lambda _: oakum("scan", "--help"), bare, 21), 6)


def machine() -> str:
    """What it ran on, as one line of Markdown."""
    with open("/proc/cpuinfo", encoding="utf-8") as cpuinfo:
        cpu = next(
            (found.split(":", 1)[1].strip() for found in cpuinfo if found.startswith("model name")), "unknown CPU"
        )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 30
    today = dt.datetime.now(dt.UTC).date()
    load = os.getloadavg()[0]
    return (
        f"{today}, {os.cpu_count()} cores ({cpu}), {memory} GiB, Linux {platform.release()}, "
        f"Python {platform.python_version()}, load at the start {load:.1f}{_priority()}."
    )


def _priority() -> str:
    """Whether other work was kept off the processors: then a load says little."""
    ahead = os.sched_getscheduler(0) in {os.SCHED_RR, os.SCHED_FIFO}
    return ", all runs with real-time priority (chrt -r 1), ahead of everything else on the machine" if ahead else ""


def rows(asked: argparse.Namespace, scratch: str) -> Iterator[str]:
    """The table, line by line, as it is measured."""
    osv_base = os.path.join(scratch, "osv")
    os.mkdir(osv_base)
    os.symlink(os.path.abspath(asked.advisories), os.path.join(osv_base, "osv-scalibr"))
    env = {**os.environ, "SYFT_CHECK_FOR_APP_UPDATE": "false"}
    bench = Bench(Peers(asked.peers, osv_base), scratch, os.path.join(scratch, "advisories.db"), env)
    yield machine()
    yield f"Peers: {bench.peers.versions()}; what they leave out and how to read the numbers: bench/README.md.\n"
    yield "Times are wall / CPU seconds (medians); a ratio is the median of the ratios of wall time, pair by pair.\n"
    yield HEAD
    built = bench.once(lambda _: oakum("db", "build", "--from", asked.advisories, "--out", bench.db)).wall
    yield line("", "database build, seconds", 1, (f"{built:.1f} s", ""), (built, 60))
    yield from start_rows(bench)
    for name in asked.only:
        n = asked.n or (3 if name == "large" else 5)
        yield from image_rows(bench, os.path.join(os.path.abspath(asked.images), name), n)


def main() -> None:
    """Measure, print each line when it is known, and write the page when asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    for folder in ("images", "peers", "advisories"):
        parser.add_argument(f"--{folder}", required=True, metavar="DIR")
    parser.add_argument("-n", type=int, default=0, help="pairs per line (default: 5, for large 3)")
    parser.add_argument("--only", nargs="+", default=["small", "medium", "large"], metavar="IMAGE")
    parser.add_argument("--write", action="store_true", help="also write docs/reference/benchmarks.md")
    asked = parser.parse_args()
    lines: list[str] = []
    with tempfile.TemporaryDirectory() as scratch:
        for text in rows(asked, scratch):
            print(text, flush=True)
            lines.append(text)
    if asked.write:
        with open(PAGE, "w", encoding="utf-8") as page:
            page.write(PROSE + "\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
