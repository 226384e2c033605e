"""The order of Maven artifacts."""

import re
from collections.abc import Iterator
from functools import total_ordering
from typing import Final

from oakum.model.scheme import scheme
from oakum.model.sortable import refuse, too_long

_FORM: Final = re.compile(r"[!-~]+")
_SEPARATED: Final = re.compile(r"([.-])").split
_WORD_HYPHEN_NUMBER: Final = re.compile(r"(?<=[^0-9.-])-(?=[0-9])")
_RUNS: Final = re.compile(r"[0-9]+|[^0-9]+").findall
_KNOWN: Final = {"alpha": 0, "beta": 1, "milestone": 2, "rc": 3, "cr": 3, "snapshot": 4, "sp": 6}
_RELEASES: Final = ("", "ga", "final", "release")
_SHORT: Final = {"a": "alpha", "b": "beta", "m": "milestone"}

Item = tuple[int, int, str, int]
"""What it is (``_WORD`` or ``_NUMBER``), the rank and text of its word, its number (-1: none)."""

_WORD: Final = 0
_LIST: Final = 1
_NUMBER: Final = 2
_RELEASE_RANK: Final = 5
_OTHER_RANK: Final = 7


@total_ordering
class _Key:
    """A version as lists, each inside the one before, compared pairwise: Maven's order has no plain sort key."""

    __slots__ = ("lists",)

    def __init__(self, lists: list[list[Item]]) -> None:
        self.lists = lists

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and _compare(self.lists, other.lists) == 0

    def __lt__(self, other: "_Key") -> bool:
        return _compare(self.lists, other.lists) < 0

    __hash__ = None  # type: ignore[assignment]  # equal keys may be written in many ways


@scheme(ecosystems=("Maven",), version=1)
def maven(version: str) -> _Key:
    """Maven versions, as Maven's ``ComparableVersion`` orders them.

    Dots and hyphens separate, also where digits meet letters; a hyphen opens an inner list. Known
    words stand ``alpha``, ``beta``, ``milestone``, ``rc``, ``snapshot``, the release, ``sp``, then
    all others; ``ga``, ``final`` and ``release`` mean the release; case and trailing zeros do not
    count (Maven POM reference, "Version Order Specification").
    """
    if too_long(version) or not _FORM.fullmatch(version):
        raise refuse(version, "Maven")
    return _Key(_normal(_lists(version.lower())))


def _lists(text: str) -> list[list[Item]]:
    """The items of a version; every new list is the last member of the one before it."""
    lists: list[list[Item]] = [[]]
    pieces = _SEPARATED(_WORD_HYPHEN_NUMBER.sub("", text))  # alpha-1 is alpha1
    for position in range(0, len(pieces), 2):
        separator = pieces[position - 1] if position else ""
        runs = _RUNS(pieces[position]) or ["0"]
        if separator == "-" and lists[-1]:
            lists.append([])
        _add(lists, runs)
    return lists


def _add(lists: list[list[Item]], runs: list[str]) -> None:
    """One piece between separators: a word opens a list of its own and takes the number that follows it."""
    waiting = ""
    for run in runs:
        if not run.isdigit():
            waiting = run
            if lists[-1]:
                lists.append([])
        elif waiting:
            lists[-1].append(_word(waiting, int(run)))
            waiting = ""
            lists.append([])
        else:
            lists[-1].append((_NUMBER, 0, "", int(run)))
    if waiting:
        lists[-1].append(_word(waiting, -1))


def _word(text: str, count: int) -> Item:
    if count >= 0:
        text = _SHORT.get(text, text)
    if text in _RELEASES:
        return (_WORD, _RELEASE_RANK, "", -1) if count < 0 else (_NUMBER, 0, "", count)  # 1-ga-1 is 1-1
    rank = _KNOWN.get(text, _OTHER_RANK)
    return (_WORD, rank, text if rank == _OTHER_RANK else "", count)


def _is_null(item: Item) -> bool:
    return item in ((_NUMBER, 0, "", 0), (_WORD, _RELEASE_RANK, "", -1))


def _normal(lists: list[list[Item]]) -> list[list[Item]]:
    """Without what says nothing: zeros and releases at the end of a list, and lists that are empty."""
    for items in lists:
        while items and _is_null(items[-1]):
            items.pop()
    return [items for position, items in enumerate(lists) if items or not position]


def _compare(left: list[list[Item]], right: list[list[Item]]) -> int:
    """Compare as nested lists, in a loop: hostile versions nest deeper than Python recurses."""
    for mine, other in _pairs(list(_walk(left)), list(_walk(right))):
        order = _against(mine, other)
        if order:
            return order
    return 0


def _walk(lists: list[list[Item]]) -> Iterator[Item]:
    """All items in turn, the beginning of an inner list marked by an item of its own."""
    for position, items in enumerate(lists):
        if position:
            yield (_LIST, 0, "", 0)
        yield from items


def _pairs(left: list[Item], right: list[Item]) -> Iterator[tuple[Item | None, Item | None]]:
    for position in range(max(len(left), len(right))):
        yield (
            left[position] if position < len(left) else None,
            right[position] if position < len(right) else None,
        )


def _against(mine: Item | None, other: Item | None) -> int:
    if mine is None or other is None:
        return -_against(other, mine) if mine is None and other is not None else _against_nothing(mine)
    return (mine > other) - (mine < other)


def _against_nothing(item: Item | None) -> int:
    if item is None or item[0] == _LIST:
        return 0
    if item[0] == _NUMBER:
        return int(item[3] > 0)
    padding = (_WORD, _RELEASE_RANK, "", -1)
    return (item > padding) - (item < padding)
