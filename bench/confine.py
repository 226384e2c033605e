"""What the confinement of the parser costs: ``python -m bench.confine TARGET [TARGET ...] [-n PAIRS]``.

The same scan with the parser as it is and with one that leaves its confinement out, in whole processes, in turn
(A B, B A, A B, ...), each with a new empty cache and warm pages.
"""

import argparse
import os
import statistics
import sys
import tempfile

from bench.pss import Measured, measure

_MOST_RATIO = 1.03
_MOST_SECONDS = 0.060
"""The goals: under three per cent on images that take long, and under 60 ms on those that do not."""

_RUN = """
import sys
from oakum.apps import early
early.PARSER = sys.argv.pop(1)
from oakum.__main__ import main
main()
"""
_CONFINED = "oakum.apps.parser"
_FREE = "oakum.testing.free_parser"


def main(words: list[str]) -> int:
    """Measure each target and print a line; give 1 when one passes both goals' limits."""
    parser = argparse.ArgumentParser(prog="python -m bench.confine", description=__doc__)
    parser.add_argument("target", nargs="+", help="as oakum scan takes it, such as oci-layout:DIR")
    parser.add_argument("-n", type=int, default=10, help="pairs (default: 10)")
    asked = parser.parse_args(words)
    sys.stdout.write("target | pairs | confined s | free s | ratio | difference ms | ratio of processor time\n")
    return max([_line(target, asked.n) for target in asked.target])


def _line(target: str, pairs: int) -> int:
    """Measure one target; every number is a median, those of two sides of the ratios pair by pair."""
    for module in (_CONFINED, _FREE):
        _measured(module, target)  # warm pages, and bytecode where it was missing
    found = []
    for number in range(pairs):
        order = (_CONFINED, _FREE) if number % 2 else (_FREE, _CONFINED)
        taken = {module: _measured(module, target) for module in order}
        found.append((taken[_CONFINED], taken[_FREE]))
    ratio = statistics.median(confined.wall / free.wall for confined, free in found)
    cpu = statistics.median(confined.cpu / free.cpu for confined, free in found)
    more = statistics.median(confined.wall - free.wall for confined, free in found)
    sides = [statistics.median(run.wall for run in side) for side in zip(*found, strict=True)]
    words = [
        target,
        str(pairs),
        f"{sides[0]:.3f}",
        f"{sides[1]:.3f}",
        f"{ratio:.3f}",
        f"{more * 1000:+.1f}",
        f"{cpu:.3f}",
    ]
    sys.stdout.write(" | ".join(words) + "\n")
    sys.stdout.flush()
    return int(ratio > _MOST_RATIO and more > _MOST_SECONDS)


def _measured(module: str, target: str) -> Measured:
    with tempfile.TemporaryDirectory() as cache:
        command = [sys.executable, "-c", _RUN, module, "sbom", target, "-f", "json", "-o", os.devnull]
        run = measure(command, {**os.environ, "OAKUM_CACHE_DIR": cache})
    if run.code:
        raise SystemExit(f"ended with {run.code}: {' '.join(command)}")
    return run


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
