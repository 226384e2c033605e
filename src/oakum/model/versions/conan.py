"""The order of Conan packages."""

import re
from functools import cmp_to_key
from itertools import zip_longest
from typing import Any, Final

from oakum.model.scheme import scheme
from oakum.model.sortable import refuse, too_long

_FORM: Final = re.compile(r"[A-Za-z0-9._+~@-]+")

Items = tuple[str, ...]
"""Texts between dots; numbers without leading zeros; no zeros at the end."""


@scheme(ecosystems=("ConanCenter",), version=1)
def conan(version: str) -> Any:  # noqa: ANN401 - a key that is compared and never looked into
    """Conan versions, as Conan 2 orders them.

    Dotted parts compare as numbers, or as texts where one of two is no number; zeros at the end do not count. A
    pre-release comes before its release, a build after it. Numbers and texts are in no common order
    (``2``, ``10``, ``1a``), so versions are compared pairwise (Conan, "Version ranges").
    """
    if too_long(version) or not _FORM.fullmatch(version):
        raise refuse(version, "Conan")
    rest, plus, build = version.rpartition("+")
    main, hyphen, prerelease = (rest if plus else version).partition("-")
    return _Ordered((_items(main), _items(prerelease) if hyphen else None, _items(build) if plus else None))


Version = tuple[Items, Items | None, Items | None]


def _items(text: str) -> Items:
    items = [item.lstrip("0") or "0" if item.isdigit() else item for item in text.split(".")]
    while items and items[-1] == "0":
        items.pop()
    return tuple(items)


def _compare(left: Version, right: Version) -> int:
    order = _lists(left[0], right[0])
    if order or (left[1] is None) != (right[1] is None):
        return order or (1 if left[1] is None else -1)
    return _optional(left[1], right[1]) or _optional(left[2], right[2])


_Ordered = cmp_to_key(_compare)


def _optional(left: Items | None, right: Items | None) -> int:
    if left is None or right is None:
        return (left is not None) - (right is not None)
    return _lists(left, right)


def _lists(left: Items, right: Items) -> int:
    for mine, other in zip_longest(left, right):
        if mine is None or other is None:
            return 1 if other is None else -1
        if mine != other:
            return _item(mine, other)
    return 0


def _item(mine: str, other: str) -> int:
    if mine.isdigit() and other.isdigit() and len(mine) != len(other):
        return 1 if len(mine) > len(other) else -1
    return 1 if mine > other else -1
