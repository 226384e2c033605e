"""Scan a target with a parser that is taken over, and say what came of it: for places where no test runs.

Its words: an opener, a path, a folder for scratch, and a number of processes.
"""

import sys

import msgspec

from oakum.adapters import parser_process
from oakum.model.artifact import Artifact
from oakum.model.fact import Gap, Package
from oakum.model.reading import Known, Target


def hostile_scan(opener: str, path: str, scratch: str, workers: int) -> dict[str, object]:
    """What the hostile parser saw: packages by layer, gaps by path, and how it was confined."""
    vars(parser_process)["workers"] = lambda: workers
    parser = parser_process.ParserProcess("oakum.testing.hostile_parser", scratch)
    packages: dict[int, list[str]] = {}
    gaps: dict[str, str] = {}
    for layer in parser.read(Target("t", opener, path), ("node_package",), _nothing_known):
        facts = [fact for outcome in layer.facts.outcomes for fact in outcome.facts]
        packages[layer.part] = [f"{fact.name} {fact.version}" for fact in facts if isinstance(fact, Package)]
        found = [fact for fact in (*facts, *layer.facts.gaps) if isinstance(fact, Gap)]
        gaps.update({f"{layer.part}:{gap.path}": f"{gap.kind}: {gap.what}" for gap in found})
    return {"packages": packages, "gaps": gaps, "confinement": msgspec.to_builtins(parser.confinement)}


def _nothing_known(artifact: Artifact) -> Known:
    del artifact
    return Known({})


if __name__ == "__main__":
    seen = hostile_scan(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]))
    sys.stdout.buffer.write(msgspec.json.encode(seen))
