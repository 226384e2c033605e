"""TOML from outside, within bounds."""

import re
from typing import Any, Final

from oakum.kit.errors import DamagedError, LimitError
from oakum.kit.limits import TOML_BYTES, TOML_KEY_PARTS, TREE_DEPTH

_PART: Final = rb"""(?:[A-Za-z0-9_-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+"""
_LONG_KEY: Final = re.compile(rb"(?<![A-Za-z0-9_-])(?:%b){%d}" % (_PART, TOML_KEY_PARTS))
"""More parts than an honest key has; tomllib's time grows with the square of their number."""


def document(data: bytes) -> dict[str, Any]:
    """A TOML document as dictionaries, lists and plain values.

    Raises:
        DamagedError: it is no TOML.
        LimitError: it is larger or nested deeper than is read, or a key has too many parts.
    """
    if len(data) > TOML_BYTES:
        raise LimitError(f"the TOML is larger than {TOML_BYTES} bytes")
    if any(_LONG_KEY.search(line) for line in data.split(b"\n") if line.count(b".") >= TOML_KEY_PARTS):
        raise LimitError(f"the TOML has a key of more than {TOML_KEY_PARTS} parts")
    import tomllib  # noqa: PLC0415 - an image's scan reads no lock file

    try:
        read = tomllib.loads(data.decode("utf-8"))
    except RecursionError as error:
        raise LimitError(f"the TOML is nested deeper than {TREE_DEPTH}") from error
    except ValueError as error:  # also a number with more digits than Python reads
        raise DamagedError(f"is no TOML: {str(error)[:200]}") from error
    _check_depth(read)
    return read


def _check_depth(read: dict[str, Any]) -> None:
    """Refuse what readers would have to recurse into deeply."""
    level: list[Any] = [read]
    for _ in range(TREE_DEPTH):
        level = [
            inner
            for outer in level
            for inner in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(inner, dict | list)
        ]
        if not level:
            return
    raise LimitError(f"the TOML is nested deeper than {TREE_DEPTH}")
