"""How cost grows: ``python -m bench.growth`` makes the inputs, measures, and writes a table and plots into the docs.

Layers, files, matched packages and the size of one layer are raised alone, each by powers of ten. What is linear has
the slope one in these plots; what is under it is the start, which all runs have in common.
"""

import argparse
import json
import os
import statistics
import subprocess
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from bench.made_image import Entry, layout, one_large, tar
from bench.peers import oakum
from bench.plot import Series, plot
from bench.pss import measure, see_off
from bench.run import machine

from oakum.kit.parent import adopt_orphans

DOCS = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "docs", "reference")

PROSE = """\
# How cost grows

`make growth` writes this page and its plots: it makes images of growing size, scans each of them several times in
processes of their own with a new cache, and takes the medians. Memory is the peak of the proportional set size over all
processes, in a run of its own. Both axes are logarithmic: a cost that is linear in what grows rises by one decade per
decade once the start no longer matters.

"""

_LAYER_FILES = 2_000
_FOLDER_FILES = 100
_EVERY = 1_000
"""One file of so many is a package."""

_AFFECTED = 10
"""One package of so many is affected."""


class Row(NamedTuple):
    """One measured size: seconds of the whole run, of processor time, of the matching alone, and MiB at the peak."""

    size: int
    wall: float
    cpu: float
    matching: float
    peak: float


class Growth(NamedTuple):
    """One thing that grows.

    Attributes:
        slug: of its plot's file name.
        title: what grows, for people.
        unit: what a size counts.
        sizes: how far it grows.
        make: writes the input of a size into a folder and gives the words of the command that is measured.
        limit: the goal, in words, or empty.
    """

    slug: str
    title: str
    unit: str
    sizes: tuple[int, ...]
    make: Callable[[str, int], list[str]]
    limit: str = ""


def layers(folder: str, count: int) -> list[str]:
    """An image of so many layers, each of 2,000 files with two packages."""
    return _inventory(layout(folder, (tar(_files(_LAYER_FILES, f"layer{number}/")) for number in range(count))))


def files(folder: str, count: int) -> list[str]:
    """One layer of so many files; one in a thousand is a package."""
    return _inventory(layout(folder, [tar(_files(count))]))


def mebibytes(folder: str, count: int) -> list[str]:
    """One layer that holds one file of so many mebibytes."""
    return _inventory(layout(folder, [one_large("opt/large.bin", count)]))


def packages(folder: str, count: int) -> list[str]:
    """One layer with so many Debian packages, and a database with two advisories for each; a tenth is affected."""
    status = "".join(
        f"Package: p{number}\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1.{number}-1\n\n"
        for number in range(count)
    )
    release = b'ID=debian\nVERSION_ID="12"\n'
    entries = (("etc/os-release", release), ("var/lib/dpkg/status", status.encode()))
    image = layout(os.path.join(folder, "image"), [tar(entries)])
    database = os.path.join(folder, "advisories.db")
    _advisories(os.path.join(folder, "osv", "Debian"), count)
    build = oakum("db", "build", "--from", os.path.join(folder, "osv"), "--out", database)
    subprocess.run(build, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return oakum("scan", f"oci-layout:{image}", "--db", database, *_REST)


_REST = ("-f", "json", "-o", os.devnull, "--debug")

GROWTHS = (
    Growth("layers", "Layers of 2,000 files each", "layers", (1, 10, 100), layers),
    Growth("files", "Files of one layer", "files", (1_000, 10_000, 100_000, 1_000_000), files),
    Growth(
        "packages", "Packages matched, with two advisories each; a tenth is affected", "packages",
        (10, 100, 1_000, 10_000, 100_000), packages, "matching 100,000 packages takes under 2 s",
    ),
    Growth("size", "Size of one layer", "MiB", (4, 64, 512, 4_096), mebibytes, "4 GiB are read in under 400 MiB"),
)  # fmt: skip


def rows(growth: Growth, n: int) -> Iterator[Row]:
    """Measure one thing that grows, size by size."""
    for size in growth.sizes:
        with tempfile.TemporaryDirectory() as folder:
            command = growth.make(os.path.join(folder, "input"), size)
            yield _measured(command, size, n if size < growth.sizes[-1] else 1 + n // 3)


def page(measured: Mapping[str, list[Row]], head: str) -> str:
    """The page, with the tables of all that was measured."""
    parts = [PROSE + head + "\n"]
    for growth in GROWTHS:
        if growth.slug in measured:
            found = measured[growth.slug]
            parts.append(
                f"\n## {growth.title}\n\n![{growth.title}](growth-{growth.slug}.svg)\n\n{_table(growth, found)}"
            )
            parts.append(f"\nThe goal: {growth.limit}.\n" if growth.limit else "")
    return "".join(parts)


def main() -> None:
    """Measure, print each line when it is known, and write the page and its plots."""
    parser = argparse.ArgumentParser(prog="python -m bench.growth", description=__doc__)
    parser.add_argument("-n", type=int, default=3, help="runs per size (default: 3)")
    parser.add_argument("--only", nargs="+", default=[one.slug for one in GROWTHS], metavar="WHAT")
    parser.add_argument("--write", action="store_true", help="also write docs/reference/growth.md and its plots")
    asked = parser.parse_args()
    head, measured = machine(), {}
    for growth in (one for one in GROWTHS if one.slug in asked.only):
        print(f"{growth.title}: {growth.unit} | wall s | CPU s | matching s | peak MiB", flush=True)
        found: list[Row] = []
        for row in rows(growth, asked.n):
            print(f"{row.size} | {row.wall:.3f} | {row.cpu:.3f} | {row.matching:.3f} | {row.peak:.0f}", flush=True)
            found.append(row)
        measured[growth.slug] = found
        if asked.write:
            _write(f"growth-{growth.slug}.svg", _plot(growth, found))
    if asked.write:
        _write("growth.md", page(measured, head))


def _files(count: int, below: str = "") -> Iterator[Entry]:
    for number in range(count):
        if number % _EVERY == _EVERY // 2:
            name = f"{below}usr/lib/node_modules/p{number}/package.json"
            yield name, json.dumps({"name": f"p{number}", "version": "1.0.0"}).encode()
        else:
            yield f"{below}srv/d{number // _FOLDER_FILES}/f{number}.txt", b""


def _advisories(folder: str, count: int) -> None:
    """Two records for each package; of one package in ten one record is without a fix, so that it is affected."""
    os.makedirs(folder)
    with zipfile.ZipFile(os.path.join(folder, "all.zip"), "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for number in range(count):
            mended = [{"fixed": "1.0-1"}]  # older than what is installed
            for letter, fixed in (("a", [] if number % _AFFECTED == 0 else mended), ("b", mended)):
                events = [{"introduced": "0"}, *fixed]
                package = {"ecosystem": "Debian:12", "name": f"p{number}"}
                affected = [{"package": package, "ranges": [{"type": "ECOSYSTEM", "events": events}]}]
                record = {"id": f"X-{number}-{letter}", "modified": "2026-01-01T00:00:00Z", "affected": affected}
                archive.writestr(f"X-{number}-{letter}.json", json.dumps(record))


def _inventory(image: str) -> list[str]:
    return oakum("sbom", f"oci-layout:{image}", *_REST)


def _measured(command: list[str], size: int, n: int) -> Row:
    runs = [_once(command) for _ in range(n)]
    wall, cpu, matching = (statistics.median(run[place] for run in runs) for place in range(3))
    with tempfile.TemporaryDirectory() as cache:
        peak = measure(command, _environment(cache), memory=True).peak / 1024
    return Row(size, wall, cpu, matching, peak)


def _once(command: list[str]) -> tuple[float, float, float]:
    """Seconds of wall and processor time, and of the stage that matches."""
    adopt_orphans()
    with tempfile.TemporaryDirectory() as cache:
        before, start = os.times(), time.perf_counter()
        done = subprocess.run(command, env=_environment(cache), capture_output=True, text=True, check=True)
        wall = time.perf_counter() - start
    see_off()
    after = os.times()
    cpu = after.children_user - before.children_user + after.children_system - before.children_system
    return wall, cpu, _stage(done.stderr, "match with the advisories")


def _stage(said: str, name: str) -> float:
    """The seconds between a line of ``--debug`` and the next; 0 when the stage was not there."""
    lines = [
        (float(line.split(" s  ", 1)[0]), line.split(" s  ", 1)[1]) for line in said.splitlines() if " s  " in line
    ]
    began = next((at for at, (_, text) in enumerate(lines) if text == name), -1)
    return lines[began + 1][0] - lines[began][0] if began >= 0 else 0.0


def _environment(cache: str) -> dict[str, str]:
    return {**os.environ, "OAKUM_CACHE_DIR": cache}


def _table(growth: Growth, found: list[Row]) -> str:
    matched = any(row.matching for row in found)
    head = [growth.unit, "wall s", "CPU s", *(["matching s"] if matched else []), "peak MiB"]
    lines = ["| " + " | ".join(head) + " |", "|" + "---:|" * len(head)]
    for row in found:
        stage = [f"{row.matching:.3f}"] if matched else []
        cells = [f"{row.size:,}", f"{row.wall:.3f}", f"{row.cpu:.3f}", *stage, f"{row.peak:.0f}"]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def _plot(growth: Growth, found: list[Row]) -> str:
    series = [Series("wall, s", [(row.size, row.wall) for row in found])]
    if any(row.matching for row in found):
        series.append(Series("matching, s", [(row.size, row.matching) for row in found if row.matching]))
    series.append(Series("peak memory, GiB", [(row.size, row.peak / 1024) for row in found]))
    return plot(growth.title, growth.unit, series)


def _write(name: str, text: str) -> None:
    with open(os.path.join(DOCS, name), "w", encoding="utf-8") as file:
        file.write(text)


if __name__ == "__main__":
    main()
