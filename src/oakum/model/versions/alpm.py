"""The order of Arch Linux packages."""

import re
from functools import cmp_to_key
from itertools import zip_longest
from typing import Any, Final

from oakum.model.scheme import scheme
from oakum.model.sortable import refuse, too_long

_FORM: Final = re.compile(r"[!-~]+")
_EPOCH: Final = re.compile(r"([0-9]*):")
_SEGMENTS: Final = re.compile(r"([^A-Za-z0-9]*)([0-9]+|[A-Za-z]+)").findall
_TAIL: Final = re.compile(r"[A-Za-z0-9]([^A-Za-z0-9]+)\Z")

Part = tuple[tuple[tuple[str, str], ...], str]
"""Segments, each with what separates it from the one before; and what follows the last."""


@scheme(ecosystems=("Arch Linux",), version=1)
def alpm(version: str) -> Any:  # noqa: ANN401 - a key that is compared and never looked into
    """Arch Linux package versions, as pacman's ``vercmp`` orders them.

    ``[epoch:]version[-release]``. Words and numbers are compared in turn; a number is more than a
    word, a word less than the end (``1.0rc`` before ``1.0``), and more separators in one place more than
    fewer. A version without release equals the same one with any, so equality is not
    transitive and versions are compared pairwise (vercmp(8)).
    """
    if too_long(version) or not _FORM.fullmatch(version):
        raise refuse(version, "Arch Linux")
    found = _EPOCH.match(version)
    rest = version[found.end() :] if found else version
    name, hyphen, release = rest.rpartition("-")
    name, release = (name, release) if hyphen else (rest, "")
    epoch = _part((found[1] if found else "") or "0")
    return _Ordered((epoch, _part(name), _part(release) if hyphen else None))


def _compare(left: tuple[Part, Part, Part | None], right: tuple[Part, Part, Part | None]) -> int:
    order = _parts(left[0], right[0]) or _parts(left[1], right[1])
    if order or left[2] is None or right[2] is None:
        return order
    return _parts(left[2], right[2])


_Ordered = cmp_to_key(_compare)


def _part(text: str) -> Part:
    tail = _TAIL.search(text)
    segments = tuple(_SEGMENTS(text))
    return segments, (tail[1] if tail else "" if segments else text)


def _parts(left: Part, right: Part) -> int:
    if left == right:
        return 0
    for mine, other in zip_longest(left[0], right[0]):
        if mine is None:
            return -_end(other, left[1])
        if other is None:
            return _end(mine, right[1])
        order = (len(mine[0]) > len(other[0])) - (len(mine[0]) < len(other[0])) or _segments(mine[1], other[1])
        if order:
            return order
    return _tails(left[1], right[1])


def _segments(mine: str, other: str) -> int:
    if mine[0].isdigit() != other[0].isdigit():
        return 1 if mine[0].isdigit() else -1
    if mine[0].isdigit():
        mine, other = mine.lstrip("0"), other.lstrip("0")
        if len(mine) != len(other):
            return 1 if len(mine) > len(other) else -1
    return (mine > other) - (mine < other)


def _end(goes_on: tuple[str, str], tail: str) -> int:
    """One goes on where the other has only its tail: it is more, but less by a word that follows at once."""
    separator, text = goes_on
    at_once = not separator or bool(tail)  # separators on both sides are passed over before the end is looked at
    return -1 if at_once and text[0].isalpha() else 1


def _tails(left: str, right: str) -> int:
    """Separators alone are left: on one side only they make it more, on both they do not count."""
    return 0 if left and right else bool(left) - bool(right)
