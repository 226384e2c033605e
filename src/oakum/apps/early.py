"""The parser of a scan, started before the command line is loaded, so that both load side by side."""

from typing import Final

from oakum.apps.folders import scratch_folder
from oakum.kit.watched import WatchedHelper, threads

PARSER: Final = "oakum.apps.parser"

_COMMANDS: Final = frozenset({"scan", "sbom"})
_started: list[WatchedHelper] = []


def start(words: list[str]) -> None:
    """Start a parser when the words of the command line ask for a scan."""
    if words and words[0] in _COMMANDS and not {"-h", "--help"}.intersection(words):
        try:
            _started.append(WatchedHelper(PARSER, scratch_folder(), threads()))
        except OSError:
            return  # the scan starts one itself, and says why it cannot


def take() -> WatchedHelper | None:
    """The parser that was started, once."""
    return _started.pop() if _started else None


def close() -> None:
    """End a parser that nobody took."""
    while _started:
        _started.pop().close()
