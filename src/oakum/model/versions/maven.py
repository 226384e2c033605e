"""The order of Maven artifacts."""

import re
from functools import cmp_to_key
from itertools import zip_longest
from typing import Any, Final

from oakum.model.scheme import scheme
from oakum.model.sortable import refuse, too_long

_FORM: Final = re.compile(r"[!-~]+")
_PIECES: Final = re.compile(r"[0-9]+|[.-]|[^0-9.-]+").findall
_RANKS: Final = {"alpha": "0", "beta": "1", "milestone": "2", "rc": "3", "cr": "3", "snapshot": "4", "sp": "6"}
_RELEASE: Final = "5"
_OTHER: Final = "7-"
_SHORT: Final = {"a": "alpha", "b": "beta", "m": "milestone"}
_RELEASES: Final = ("ga", "final", "release")

_WORD: Final = 0
_LIST: Final = 1
_NUMBER: Final = 2

Item = tuple[int, str, int]
"""What it is, the rank of its word, its number."""

Lists = list[list[Item]]
"""A version as lists, each the last member of the one before."""


@scheme(ecosystems=("Maven",), version=2)
def maven(version: str) -> Any:  # noqa: ANN401 - a key that is compared and never looked into
    """Maven versions, as the ``ComparableVersion`` of Maven 3.9 orders them.

    Dots and hyphens separate, also where digits meet letters; a hyphen, a word before a number and a last word
    open an inner list. Known words stand ``alpha``, ``beta``, ``milestone``, ``rc``, ``snapshot``, the release, ``sp``,
    then all others; ``ga``, ``final`` and ``release`` mean the release; case and zeros at the end of a list do not
    count. The order is not transitive everywhere, so versions are compared pairwise (Maven POM
    reference, "Version Order Specification"; where that and the releases differ, Maven 3's are followed).
    """
    if too_long(version) or not _FORM.fullmatch(version):
        raise refuse(version, "Maven")
    return _Ordered(_normal(_read(_PIECES(version.lower()))))


def _read(pieces: list[str]) -> Lists:
    lists: Lists = [[]]
    for at, piece in enumerate(pieces):
        before = pieces[at - 1] if at else "."
        after = pieces[at + 1] if at + 1 < len(pieces) else ""
        if piece in ".-":
            _separate(lists, piece, before)
        elif piece.isdigit():
            lists[-1].append((_NUMBER, "", int(piece)))
            if after and after not in ".-":
                lists.append([])
        else:
            _word(lists, piece, after)
    return lists


def _separate(lists: Lists, mark: str, before: str) -> None:
    if before in ".-":  # nothing stands there, which counts as 0
        lists[-1].append((_NUMBER, "", 0))
    if mark == "-":
        lists.append([])


def _word(lists: Lists, word: str, after: str) -> None:
    counted = after.isdigit()
    if lists[-1] and (counted or not after):
        lists.append([])
    lists[-1].append((_WORD, _rank(_SHORT.get(word, word) if counted else word), 0))
    if counted:
        lists.append([])


def _rank(text: str) -> str:
    return _RELEASE if text in _RELEASES else _RANKS.get(text, _OTHER + text)


def _normal(lists: Lists) -> Lists:
    """Without what says nothing: zeros and releases at the end of a list, and empty lists that end it."""
    for items in lists:
        while items and items[-1][1:] in (("", 0), (_RELEASE, 0)):
            items.pop()
    while len(lists) > 1 and not lists[-1]:
        lists.pop()
    return lists


def _compare(left: Lists, right: Lists) -> int:
    for depth in range(max(len(left), len(right))):
        mine = _level(left, depth)
        other = _level(right, depth)
        for one, two in zip_longest(mine, other):
            order = _items(one, two)
            if order:
                return order
    return 0


_Ordered = cmp_to_key(_compare)


def _level(lists: Lists, depth: int) -> list[Item]:
    """A list with a mark for the list that ends it."""
    if depth >= len(lists):
        return []
    return [*lists[depth], (_LIST, "", 0)] if depth + 1 < len(lists) else lists[depth]


def _items(mine: Item | None, other: Item | None) -> int:
    if mine is None or other is None:
        return -_against_nothing(other) if mine is None else _against_nothing(mine)
    if mine[0] == other[0]:
        return (mine > other) - (mine < other)
    return 1 if mine[0] > other[0] else -1


def _against_nothing(item: Item | None) -> int:
    if item is None or item[0] == _LIST:
        return 0
    if item[0] == _NUMBER:
        return int(item[2] > 0)
    return (item[1] > _RELEASE) - (item[1] < _RELEASE)
