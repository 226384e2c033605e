"""The helpers of a scan, started before the command line is loaded, so that all load side by side.

Nothing on this way imports ``typing``, ``enum`` or ``collections``: they take longer than the start itself.
"""

import gc
import os
import sys

from oakum.apps.folders import scratch_folder
from oakum.kit import process
from oakum.kit.watched import WatchedHelper, workers

PARSER = "oakum.apps.parser"
REGISTRY_FETCHER = "oakum.apps.registry_fetcher"

_COMMANDS = frozenset({"scan", "sbom", "gate"})
_started: list[WatchedHelper] = []
_fetchers: list[tuple[process.Helper, tuple[int, ...]]] = []


def fill_standard_streams() -> None:
    """Put the null device where a standard stream is closed: else what is opened next takes its number."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    sys.stdout = sys.stdout or os.fdopen(1, "w", closefd=False)
    sys.stderr = sys.stderr or os.fdopen(2, "w", closefd=False)


def start(words: list[str]) -> None:
    """Start a parser when the words of the command line ask for a scan, and a fetcher when they name a registry."""
    if words and words[0] in _COMMANDS and not {"-h", "--help"}.intersection(words):
        gc.disable()  # packages and findings hold no cycles, and there are hundreds of thousands to look through
        try:
            _started.append(WatchedHelper(PARSER, scratch_folder(), workers()))
            if any(word.startswith("registry:") for word in words):
                _start_fetcher(_started[0])
        except OSError:
            return  # the scan starts one itself, and says why it cannot


def take() -> WatchedHelper | None:
    """The parser that was started, once."""
    return _started.pop() if _started else None


def take_fetcher() -> tuple[process.Helper, tuple[int, ...]] | None:
    """The fetcher that was started, once, with the descriptors that lead from it to the parser."""
    return _fetchers.pop() if _fetchers else None


def close() -> None:
    """End what nobody took."""
    while _fetchers:
        _fetchers.pop()[0].end()
    while _started:
        _started.pop().close()


def _start_fetcher(parser: WatchedHelper) -> None:
    feeds = parser.take_feeding()
    try:
        _fetchers.append((process.start(REGISTRY_FETCHER, (), keep=feeds), feeds))
    finally:
        for descriptor in feeds:  # the fetcher alone sends there
            os.close(descriptor)
