"""A registry at 100 MB/s: the whole scan against the longer of download alone and gunzip alone.

``python -m bench.registry --images DIR [--only small medium] [-n PAIRS] [--write]`` prints the rows of this comparison,
and puts them into the table of the benchmark page; ``bench.run`` measures them too.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from bench.peers import gunzip, oakum
from bench.pss import Measured, measure

PAGE = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "docs", "reference", "benchmarks.md")
WHAT = "registry at 100 MB/s / longer of download and gunzip alone"
RATE = 100_000_000
LIMIT = 1.2


@contextmanager
def served(layout: str, rate: float = RATE) -> Iterator[str]:
    """A registry that holds the layout; gives its host and port."""
    command = [sys.executable, os.path.join(os.path.dirname(__file__), "slow_registry.py"), layout, str(rate)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None  # noqa: S101 - it was asked for
            yield f"127.0.0.1:{process.stdout.readline().strip()}"
        finally:
            process.terminate()


def once(command: list[str]) -> Measured:
    """One run with a new cache; one that fails ends the benchmark."""
    with tempfile.TemporaryDirectory() as cache:
        run = measure(command, {**os.environ, "OAKUM_CACHE_DIR": cache})
    if run.code:
        raise SystemExit(f"ended with {run.code}: {' '.join(command)}")
    return run


def registry_row(image: str, n: int) -> str:
    """One line of the table: the scan, then the longer of the two that it cannot do without."""
    name, layout = os.path.basename(image), os.path.join(image, "oci")
    download = os.path.join(os.path.dirname(__file__), "download.py")
    ours, other = [], []
    with served(layout) as host:
        target = ("sbom", f"registry:{host}/bench:1", "--plain-http", host)
        scan = oakum(*target, "-f", "json", "--no-cache", "-o", os.devnull)
        for _ in range(n):
            ours.append(once(scan))
            other.append(max(once([sys.executable, download, host]), once(gunzip(image)), key=lambda run: run.wall))
    ratio = statistics.median(a.wall / b.wall for a, b in zip(ours, other, strict=True))
    cells = " | ".join(
        " / ".join(f"{statistics.median(run[at] for run in side):.3f}" for at in (0, 1)) + " s"
        for side in (ours, other)
    )
    verdict = "pass" if ratio <= LIMIT else "**FAIL**"
    return f"| {name} | {WHAT} | {n} | {cells} | {ratio:.3f} | {LIMIT:.3f} | {verdict} |"


def main() -> None:
    """Measure, and print each row when it is known."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--images", required=True, metavar="DIR")
    parser.add_argument("-n", type=int, default=5, help="pairs per row")
    parser.add_argument("--only", nargs="+", default=["small", "medium", "large"], metavar="IMAGE")
    parser.add_argument("--write", action="store_true", help="also write docs/reference/benchmarks.md")
    asked = parser.parse_args()
    rows = []
    for name in asked.only:
        rows.append(registry_row(os.path.join(os.path.abspath(asked.images), name), asked.n))
        print(rows[-1], flush=True)
    if asked.write:
        write(rows)


def write(rows: list[str]) -> None:
    """Put rows in the place of those that the page has, or at the end of its table."""
    with open(PAGE, encoding="utf-8") as page:
        lines = page.read().splitlines()
    measured = {row.split("|")[1] for row in rows}
    old = [line for line in lines if WHAT in line and line.split("|")[1] not in measured]
    kept = [line for line in lines if WHAT not in line]
    last = max((at for at, line in enumerate(kept) if line.startswith("|")), default=len(kept) - 1)
    with open(PAGE, "w", encoding="utf-8") as page:
        page.write("\n".join([*kept[: last + 1], *rows, *old, *kept[last + 1 :]]) + "\n")


if __name__ == "__main__":
    main()
