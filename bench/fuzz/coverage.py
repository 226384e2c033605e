"""Hunt in one target by coverage of its bytecode: ``python -m bench.fuzz.coverage TARGET [--seconds 60]``.

It needs atheris (which brings libFuzzer) in the environment: ``pip install atheris``. Nothing else here does, so it is
no requirement. Where a reader has deep branches that the outcome does not show (trees of pages, terms), it finds ways
that ``bench.fuzz`` does not. A finding ends it with a trace and a file ``crash-...``, which belongs into
``tests/corpus/fuzz/TARGET/NAME/input``. Of targets that read several files the first of the first example is changed.
"""

import argparse
import contextlib
import os
import sys
import tempfile

from bench.fuzz.target import KEPT


def main() -> None:
    """Hunt until the time is over or something is found."""
    import atheris  # noqa: PLC0415 - whoever wants it installs it

    parser = argparse.ArgumentParser(prog="python -m bench.fuzz.coverage")
    parser.add_argument("target")
    parser.add_argument("--seconds", type=int, default=60)
    asked = parser.parse_args()
    with atheris.instrument_imports(include=["oakum"]):
        from bench.fuzz.targets import targets  # noqa: PLC0415 - what is imported here is watched

        target = next(one for one in targets() if one.name == asked.target)
        seeds = target.seeds()
        path = min(seeds[0])
        with contextlib.suppress(*target.raises):
            target.run(seeds[0])

    def one(data: bytes) -> None:
        case = {**seeds[0], path: data}
        try:
            target.run(target.mend(case) if target.mend else case)
        except target.raises:
            return

    with tempfile.TemporaryDirectory() as corpus:
        for number, seed in enumerate(seeds):
            with open(os.path.join(corpus, str(number)), "wb") as file:
                file.write(seed.get(path, b""))
        words = ["-max_len=65536", "-timeout=20", "-rss_limit_mb=2048", f"-max_total_time={asked.seconds}"]
        atheris.Setup([sys.argv[0], corpus, *words, f"-artifact_prefix={KEPT}/"], one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
