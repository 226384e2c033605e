"""Reads one case and judges what happened: what it raised, how long it took, whether it is the same each time.

What tells one way through the code from another is taken from the outcome itself, without tracing: the lines of ours in
the trace of what was raised, and the shape of what was given. Inputs that show a new one are kept to go on from.
"""

import hashlib
import os
import signal
import time
from types import TracebackType

from bench.fuzz.target import Case, Target
from msgspec import Struct, to_builtins

SLOW_SECONDS = 2.0
"""Processor time that an input of at most 256 KiB may take."""

KILL_SECONDS = 20.0
"""Processor time after which the process is ended by the kernel."""

_OURS = f"{os.sep}src{os.sep}oakum{os.sep}"
_DEEP = 4
_WIDE = 30


class Verdict(Struct, frozen=True):
    """What one reading showed.

    Attributes:
        shape: tells one way through the code from another.
        harm: what is wrong, or empty.
    """

    shape: str
    harm: str = ""


def judge(target: Target, case: Case, *, timed: bool = True, twice: bool = False) -> Verdict:
    """Read a case.

    Args:
        target: who reads.
        case: what.
        timed: whether slowness counts, which a test must not ask.
        twice: whether it is read again, to see whether the outcome is the same.
    """
    if timed:
        signal.setitimer(signal.ITIMER_PROF, KILL_SECONDS)
    began = time.process_time()
    verdict = _read(target, case)
    took = time.process_time() - began
    if timed:
        signal.setitimer(signal.ITIMER_PROF, 0)
    if verdict.harm:
        return verdict
    if timed and took > SLOW_SECONDS:
        return Verdict(verdict.shape, f"slow: more than {SLOW_SECONDS:.0f} s")
    if twice and _read(target, case) != verdict:
        return Verdict(verdict.shape, "unstable: another outcome the second time")
    return verdict


def _read(target: Target, case: Case) -> Verdict:
    try:
        given = target.run(case)
    except target.raises as error:
        return Verdict(f"{type(error).__name__} {_lines(error.__traceback__)}")
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # noqa: BLE001 - whatever is not documented is what is looked for
        where = _lines(error.__traceback__).split(" ")[-1]
        return Verdict("", f"{type(error).__name__} at {where}")
    return Verdict(hashlib.sha1(_shape(given, 0).encode(), usedforsecurity=False).hexdigest())


def _lines(trace: TracebackType | None) -> str:
    """The lines of ours that an error came through; recursion counts once."""
    lines: dict[str, None] = {}
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if _OURS in file:
            lines[f"{file.partition(_OURS)[2]}:{trace.tb_lineno}"] = None
        trace = trace.tb_next
    return " ".join(lines) or "outside"


def _shape(value: object, depth: int) -> str:
    """Kinds and orders of magnitude; two that differ in names alone are one."""
    if isinstance(value, str | bytes):
        return f"{type(value).__name__}{len(value).bit_length()}"
    if isinstance(value, dict | list | tuple | set | frozenset) and depth < _DEEP:
        inner = sorted({_shape(one, depth + 1) for one in list(value)[:_WIDE]})
        more = _shape(list(value.values()), depth + 1) if isinstance(value, dict) else ""
        return f"{type(value).__name__}{len(value).bit_length()}({','.join(inner)}){more}"
    if isinstance(value, Struct) and depth < _DEEP:
        return type(value).__name__ + _shape(to_builtins(value, builtin_types=(bytes,)), depth + 1)
    return type(value).__name__
