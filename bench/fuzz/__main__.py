"""Fuzz every parser that sees hostile bytes first: ``python -m bench.fuzz --seconds 3600``.

Each target gets an equal share of the time. What is found is printed and kept, as small as it could be made, in
``tests/corpus/fuzz/TARGET/``, where the tests read it for ever. Ends with 1 when something was found.
"""

import argparse
import hashlib
import sys
from collections.abc import Sequence

from bench.fuzz.hunt import Hunt, examine
from bench.fuzz.target import Case, Target, keep, kept
from bench.fuzz.targets import targets


def main(words: Sequence[str]) -> int:
    """Hunt, or read what was found once again."""
    asked = _asked(words)
    chosen = [target for target in targets() if not asked.only or any(part in target.name for part in asked.only)]
    if asked.list:
        print("\n".join(target.name for target in chosen))
        return 0
    if asked.replay:
        return _replay(chosen)
    found = 0
    for target in chosen:
        hunt = Hunt(target, asked.seed, timed=not asked.rounds)
        harms = hunt.go(seconds=asked.seconds / len(chosen), rounds=asked.rounds)
        print(f"{target.name}: {hunt.inputs} inputs, {hunt.shapes} shapes, {len(harms)} findings", flush=True)
        for harm, case in harms:
            print(f"  {harm}: {_kept(target, harm, case, write=not asked.rounds)}", flush=True)
        found += len(harms)
    return int(found > 0)


def _asked(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.fuzz", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seconds", type=float, default=60.0, help="for all targets together")
    parser.add_argument("--rounds", type=int, default=0, help="inputs per target instead: the same each time, untimed")
    parser.add_argument("--seed", type=int, default=1, help="of chance")
    parser.add_argument("--only", nargs="*", default=[], help="targets whose name has one of these parts")
    parser.add_argument("--replay", action="store_true", help="read only what was found before")
    parser.add_argument("--list", action="store_true", help="name the targets")
    return parser.parse_args(words)


def _replay(chosen: Sequence[Target]) -> int:
    count = harmful = 0
    for target in chosen:
        for name, case in kept(target.name).items():
            count += 1
            harm = examine(target, case, timed=False)
            if harm:
                harmful += 1
                print(f"{target.name}/{name}: {harm}")
    print(f"{count} inputs, {harmful} do harm")
    return int(harmful > 0)


def _kept(target: Target, harm: str, case: Case, *, write: bool) -> str:
    digest = hashlib.sha256(repr(sorted(case.items())).encode()).hexdigest()[:12]
    name = f"{harm.split(' ', maxsplit=1)[0].strip(':').lower()}-{digest}"
    return keep(target.name, name, case) if write else repr(case)[:2000]


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
