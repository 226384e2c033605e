"""Commands that scripts talk to: a line in, a line out, in constant memory."""

import sys
from collections.abc import Callable, Iterator
from typing import Final

from oakum.kit.limits import BATCH_LINE_BYTES

ERROR: Final = "error"
"""The answer to a line that cannot be answered; there is one line of output for every line of input."""

Answer = Callable[[str], str]
"""A line without its end -> one line."""


def run_batch(answer: Answer, unreadable: str = ERROR) -> int:
    """Answer every line of standard input at once, so that a script may wait for each.

    Args:
        answer: gives the answer to a line; it raises nothing.
        unreadable: the answer to a line that is too long or no UTF-8.
    """
    out = sys.stdout.buffer
    for line in _lines():
        out.write((unreadable if line is None else answer(line)).encode("utf-8", "replace") + b"\n")
        out.flush()
    return 0


def _lines() -> Iterator[str | None]:
    """Lines without their ends, of Unix or of Windows; None where one is too long or no UTF-8."""
    read = sys.stdin.buffer.readline
    while line := read(BATCH_LINE_BYTES + 1):
        if len(line) > BATCH_LINE_BYTES:
            while line and not line.endswith(b"\n"):
                line = read(BATCH_LINE_BYTES)
            yield None
            continue
        try:
            yield line.removesuffix(b"\n").removesuffix(b"\r").decode()
        except UnicodeDecodeError:
            yield None
