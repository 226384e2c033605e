"""What is fuzzed: one reader of hostile bytes, what it may raise, and examples to begin with."""

import os
from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
CORPUS = os.path.join(ROOT, "tests", "corpus")
KEPT = os.path.join(CORPUS, "fuzz")
"""Inputs that once did harm, a folder per target."""

ALONE = "input"
"""The name of the file where a target reads one."""

Case = dict[str, bytes]
"""An input: files by their names."""


class Target(Struct, frozen=True):
    """A reader.

    Attributes:
        name: of the target.
        seeds: examples, made when they are needed.
        run: reads a case; gives something that is the same each time.
        raises: what the reader documents; anything else is a finding.
        words: what its format is made of.
        mend: puts sums right after a change, so that what lies behind them is met as well.
    """

    name: str
    seeds: Callable[[], Sequence[Case]]
    run: Callable[[Case], object]
    raises: tuple[type[BaseException], ...]
    words: tuple[bytes, ...] = ()
    mend: Callable[[Case], Case] | None = None


def single(
    name: str,
    seeds: Callable[[], Iterable[bytes]],
    run: Callable[[bytes], object],
    raises: tuple[type[BaseException], ...],
    *,
    words: tuple[bytes, ...] = (),
    mend: Callable[[bytes], bytes] | None = None,
) -> Target:
    """A target that reads one file."""
    mended = (lambda case: {ALONE: mend(case[ALONE])}) if mend else None
    return Target(
        name, lambda: [{ALONE: seed} for seed in seeds()], lambda case: run(case[ALONE]), raises, words, mended
    )


def tree(folder: str) -> Case:
    """All files below a folder, by their paths."""
    found = {}
    for place, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(place, name)
            with open(path, "rb") as file:
                found[os.path.relpath(path, folder)] = file.read()
    return found


def examples(*names: str) -> list[bytes]:
    """The files of catalogers' examples, without what is expected of them."""
    return [
        data
        for name in names
        for path, data in sorted(tree(os.path.join(CORPUS, name)).items())
        if not path.endswith("expected.json")
    ]


def kept(target: str) -> dict[str, Case]:
    """The inputs that once did harm to a target, by name."""
    folder = os.path.join(KEPT, target)
    names = sorted(os.listdir(folder)) if os.path.isdir(folder) else []
    return {name: tree(os.path.join(folder, name)) for name in names}


def keep(target: str, name: str, case: Case) -> str:
    """Keep an input for ever; gives its folder."""
    folder = os.path.join(KEPT, target, name)
    for path, data in case.items():
        place = os.path.join(folder, path)
        os.makedirs(os.path.dirname(place), exist_ok=True)
        with open(place, "wb") as file:
            file.write(data)
    return folder
