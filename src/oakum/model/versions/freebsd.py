"""The order of FreeBSD's packages."""

import re
from functools import cmp_to_key
from itertools import zip_longest
from typing import Any, Final

from oakum.model.scheme import scheme
from oakum.model.sortable import refuse, too_long

_FORM: Final = re.compile(r"([0-9A-Za-z.+*:~][0-9A-Za-z.+*:~_]*?)(?:_([0-9]+))?(?:,([0-9]+))?")
_COMPONENT: Final = re.compile(r"([0-9]+|\*[^+]*)?(?:([A-Za-z]+)([0-9]*))?[^0-9A-Za-z*]*")
_STAGES: Final = {"pl": 0, "alpha": 1, "beta": 2, "pre": 16, "rc": 18}
_WILD: Final = -2
_NONE: Final = -1

Component = tuple[int, int, int]
"""Number, letter, patch level; what is missing is 0, a missing number before a letter is -1."""
_ZERO: Final = (0, 0, 0)
_EMPTY: Final[list[Component]] = []


@scheme(ecosystems=("FreeBSD",), version=1)
def freebsd(version: str) -> Any:  # noqa: ANN401 - a key that is compared and never looked into
    """FreeBSD package versions, as pkg orders them.

    ``version[_revision][,epoch]``: the epoch decides, then the version, then the revision. A version is components of
    a number, a letter and a patch level: ``10 < 10a < 10b``; ``alpha``, ``beta``, ``pre``, ``rc`` and ``pl`` begin a
    component of their own that comes before a number, and what is missing counts as 0 (``libpkg/pkg_version.c``;
    Porter's Handbook, "Naming and versions").
    """
    found = None if too_long(version) else _FORM.fullmatch(version)
    if found is None:
        raise refuse(version, "FreeBSD")
    text, revision, epoch = found.groups("0")
    return _Ordered((int(epoch), [_components(block) for block in text.split("+")], int(revision)))


Version = tuple[int, list[list[Component]], int]


def _components(block: str) -> list[Component]:
    components = []
    position = 0
    while position < len(block):
        component, position = _component(block, position)
        components.append(component)
    return components


def _component(block: str, position: int) -> tuple[Component, int]:
    """The component at a position, and where the next one begins."""
    found = _COMPONENT.match(block, position)
    number, word, level = found.groups("") if found else ("", "", "")
    end = found.end() if found else len(block)
    value = _NONE if not number else _WILD if number[0] == "*" else int(number)
    if not word:
        return (value, 0, 0), max(end, position + 1)
    stage = _STAGES.get(word.lower()) if len(word) > 1 else None
    if stage is not None and number:
        return (value, 0, 0), position + len(number)
    letter = stage if stage is not None else ord(word[0].lower()) - ord("a") + 1
    return (value, letter, int(level) if level else _NONE), end


def _compare(left: Version, right: Version) -> int:
    if left[0] != right[0]:
        return 1 if left[0] > right[0] else -1
    for mine, other in zip_longest(left[1], right[1], fillvalue=_EMPTY):
        for one, two in zip_longest(mine, other, fillvalue=_ZERO):
            if one != two:
                return 1 if one > two else -1
    return (left[2] > right[2]) - (left[2] < right[2])


_Ordered = cmp_to_key(_compare)
