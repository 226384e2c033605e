"""Values as PHP's ``serialize`` writes them, read as data (PHP manual, "serialize"; php-src, ``var_unserializer.re``).

Only what stands for data: null, booleans, numbers, texts and arrays. An object is never read, since reading one is
what runs code in PHP.
"""

import re
from typing import Any, Final

from msgspec import Struct

from oakum.kit.errors import DamagedError, LimitError
from oakum.kit.limits import TREE_DEPTH, TREE_NODES

_PLAIN: Final = re.compile(rb"N;|b:([01]);|i:([+-]?[0-9]{1,20});|d:([0-9.eE+-]{1,64}|-?INF|NAN);|[rR]:[0-9]{1,20};")
_TEXT: Final = re.compile(rb's:([0-9]{1,10}):"')
_ARRAY: Final = re.compile(rb"a:([0-9]{1,10}):\{")

Value = Any
"""None, bool, int, float, str, or a dictionary of such values by int and str."""


class _Array(Struct):
    """An array that is open: what it holds so far, how many entries are to come, and a key that waits for its value."""

    entries: dict[int | str, Value]
    left: int
    key: int | str | None = None


def php_data(data: bytes) -> Value:
    """The value; what follows it is not looked at. A reference to another value reads as null.

    Raises:
        DamagedError: it is no such value, or one that is no data.
        LimitError: it is nested deeper, or has more parts, than is read.
    """
    opened: list[_Array] = []
    at = 0
    for _ in range(TREE_NODES):
        array = _ARRAY.match(data, at)
        if array is not None:
            at = array.end()
            opened.append(_Array({}, int(array[1])))
            if len(opened) > TREE_DEPTH:
                raise LimitError(f"is nested deeper than {TREE_DEPTH}")
        else:
            value, at = _simple(data, at)
            if not opened:
                return value
            _put(opened[-1], value)
        while opened[-1].left == 0:
            at = _end(data, at)
            whole = opened.pop().entries
            if not opened:
                return whole
            _put(opened[-1], whole)
    raise LimitError(f"has more than {TREE_NODES} parts")


def _put(array: _Array, value: Value) -> None:
    """A key, or the value of the key before it; of a key that is there twice the last counts, as in PHP."""
    if array.key is None:
        if isinstance(value, bool) or not isinstance(value, int | str):
            raise DamagedError("has a key that is none")
        array.key = value
        return
    array.entries[array.key] = value
    array.key = None
    array.left -= 1


def _end(data: bytes, at: int) -> int:
    if data[at : at + 1] != b"}":
        raise DamagedError("has an array that does not end where it says")
    return at + 1


def _simple(data: bytes, at: int) -> tuple[Value, int]:
    """A value that is no array, and where it ends."""
    text = _TEXT.match(data, at)
    if text is not None:
        end = text.end() + int(text[1])
        if data[end : end + 2] != b'";':
            raise DamagedError("has a text that does not end where it says")
        return data[text.end() : end].decode("utf-8", "replace"), end + 2
    plain = _PLAIN.match(data, at)
    if plain is None:
        raise DamagedError("is no value of PHP, or one that is no data")
    truth, integer, real = plain.groups()
    value = truth == b"1" if truth else int(integer) if integer else _real(real) if real else None
    return value, plain.end()


def _real(digits: bytes) -> float:
    try:
        return float(digits)
    except ValueError:
        raise DamagedError("has a number that is none") from None
