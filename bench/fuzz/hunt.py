"""Hunts in child processes: an input that ends its process, by a signal or by its memory, ends that one alone."""

import contextlib
import mmap
import os
import random
import resource
import signal
import time
from collections.abc import Callable

import msgspec
from bench.fuzz.judge import Verdict, judge
from bench.fuzz.mutations import Mutations
from bench.fuzz.target import Case, Target, kept

MEMORY = 768 << 20
"""Bytes that reading an input of at most 256 KiB may take, beside what the program itself takes."""

_NOTE = 8 << 20
_POOL = 500
_PROBES = 300


class _Notes:
    """Shared memory in which a child says which input it has in hand, and what it did."""

    def __init__(self) -> None:
        self._map = mmap.mmap(-1, _NOTE)

    def write(self, harm: str, case: Case, count: int, shapes: int) -> None:
        data = msgspec.msgpack.encode((harm, case, count, shapes))
        self._map[: len(data) + 4] = len(data).to_bytes(4, "big") + data

    def read(self) -> tuple[str, Case, int, int]:
        data = self._map[4 : 4 + int.from_bytes(self._map[:4], "big")]
        return msgspec.msgpack.decode(data, type=tuple[str, Case, int, int])


class Hunt:
    """The search in one target.

    Args:
        target: who reads.
        seed: of chance; the same one makes the same inputs as long as the code does the same.
        timed: whether slowness counts.

    Attributes:
        inputs: how many were read.
        shapes: how many ways through the code one child saw at most.
        known: the kinds of harm that were seen.
    """

    def __init__(self, target: Target, seed: int, *, timed: bool = True) -> None:
        """Nothing is read yet."""
        self.inputs = self.shapes = 0
        self.known: set[str] = set()
        self._target = target
        self._timed = timed
        self._chance = f"{target.name} {seed}"
        self._seeds = [*target.seeds(), *kept(target.name).values()]
        self._notes = _Notes()
        self._lives = 0
        for first in self._seeds[:1]:  # what is imported for the first input is there in each child
            with contextlib.suppress(Exception):
                target.run(first)

    def go(self, *, seconds: float = 0, rounds: int = 0) -> list[tuple[str, Case]]:
        """Search for so long, or for so many inputs; gives each kind of harm with the smallest input found for it."""
        until = time.monotonic() + seconds
        left = rounds
        found = []
        while left > 0 if rounds else time.monotonic() < until:
            before = self.inputs
            harm, case = self._life(until, left)
            left -= self.inputs - before
            if harm and harm not in self.known:
                self.known.add(harm)
                found.append((harm, self._smaller(harm, case) if self._timed else case))
        return found

    def _life(self, until: float, rounds: int) -> tuple[str, Case]:
        """One child: it searches until it finds harm that is new, or has done enough."""
        self._lives += 1
        source = random.Random(f"{self._chance} {self._lives}")  # noqa: S311 - chance that can be had again
        self._notes.write("", {}, 0, 0)
        ended = _in_child(lambda: self._search(source, until, rounds))
        harm, case, count, shapes = self._notes.read()
        self.inputs += count
        self.shapes = max(self.shapes, shapes)
        return harm or ended, case

    def _search(self, source: random.Random, until: float, rounds: int) -> None:
        pool, shapes, count = list(self._seeds), set[str](), 0
        mutations = Mutations(source, self._target.words)
        while not (rounds and count >= rounds) and (rounds or time.monotonic() < until):
            new = count >= len(self._seeds)
            case = self._changed(source.choice(pool), pool, mutations, source) if new else pool[count]
            count += 1
            self._notes.write("", case, count, len(shapes))
            verdict = judge(self._target, case, timed=self._timed, twice=source.random() < 0.1)  # noqa: PLR2004 - often enough
            if verdict.harm and verdict.harm not in self.known:
                self._notes.write(verdict.harm, case, count, len(shapes))
                return
            if verdict.shape not in shapes:
                shapes.add(verdict.shape)
                pool.append(case)
                del pool[len(self._seeds) : -_POOL]
        self._notes.write("", {}, count, len(shapes))

    def _changed(self, case: Case, pool: list[Case], mutations: Mutations, source: random.Random) -> Case:
        path = source.choice(sorted(case))
        others = [other[path] for other in pool[-20:] if path in other]
        made = {**case, path: mutations.changed(case[path], others)}
        return self._target.mend(made) if self._target.mend and source.random() < 0.7 else made  # noqa: PLR2004 - mostly

    def _smaller(self, harm: str, case: Case) -> Case:
        """What still does the same harm when stretches are taken out, longer ones first."""
        left = _PROBES
        for path in sorted(case):
            size = len(case[path]) // 2
            while size and left > 0:
                at = 0
                while at < len(case[path]) and left > 0:
                    tried = {**case, path: case[path][:at] + case[path][at + size :]}
                    left -= 1
                    if self._does(harm, tried):
                        case = tried
                    else:
                        at += size
                size //= 2
        return case

    def _does(self, harm: str, case: Case) -> bool:
        return examine(self._target, case, timed=self._timed) == harm


def examine(target: Target, case: Case, *, timed: bool = True) -> str:
    """The harm that one input does, in a child of its own; empty when it does none."""
    notes = _Notes()
    notes.write("", {}, 0, 0)

    def look() -> None:
        verdict: Verdict = judge(target, case, timed=timed, twice=True)
        notes.write(verdict.harm, {}, 0, 0)

    return _in_child(look) or notes.read()[0]


def _in_child(work: Callable[[], None]) -> str:
    """Do something in a child that may take so much memory; says how it ended when it did not end well."""
    pid = os.fork()
    if not pid:
        code = 1
        try:
            with open("/proc/self/statm", encoding="ascii") as file:
                there = int(file.read().split()[0]) * resource.getpagesize()
            resource.setrlimit(resource.RLIMIT_AS, (there + MEMORY, there + MEMORY))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            work()
            code = 0
        except BaseException as error:  # noqa: BLE001 - a bug of the fuzzer itself is to be seen
            import traceback  # noqa: PLC0415 - only then

            traceback.print_exception(error)
        finally:
            os._exit(code)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    if code >= 0:
        return "" if code == 0 else "the fuzzer itself failed"
    name = signal.Signals(-code).name
    return "slow: ended by the kernel" if name == "SIGPROF" else f"ended by {name}"
