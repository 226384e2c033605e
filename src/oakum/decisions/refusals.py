"""What a gate refuses, read from the words of ``--fail-on``; pure."""

import re
from collections.abc import Callable
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from oakum.kit.errors import UsageError
from oakum.model.gaps import KINDS
from oakum.model.severity import ORDER

_UNSCORED: Final = ORDER[0]
_AGE: Final = re.compile(r"([0-9]{1,5})([hd])")
_PROBABILITY: Final = re.compile(r"0?\.[0-9]{1,6}|[01](\.0{1,6})?")
_HOURS: Final = {"h": 1, "d": 24}

WORDS: Final = (*reversed(ORDER[1:]), _UNSCORED, "kev", "epss:0.5", "data-age:7d", *sorted(KINDS))
"""All words, those that take a value with an example."""

HINT: Final = f"there are: {', '.join(word for word in WORDS if word not in KINDS)}, and the kinds of gaps"


class Refusals(Struct, frozen=True):
    """What is refused; what is not asked for is not looked at.

    Attributes:
        rating: findings at least this bad, or empty.
        unscored: findings that nobody rated.
        kev: findings that CISA lists as exploited.
        epss: findings of at least this probability of exploitation, or None.
        age_hours: data older than this, or None.
        gaps: kinds of gaps.
    """

    rating: str = ""
    unscored: bool = False
    kev: bool = False
    epss: float | None = None
    age_hours: int | None = None
    gaps: frozenset[str] = frozenset()


def read_refusals(text: str) -> Refusals:
    """The refusals in words such as ``high,unscored,kev,epss:0.5,data-age:7d,end-of-life``.

    Raises:
        UsageError: a word is none of these.
    """
    asked = Refusals()
    for word in (part.strip() for part in text.split(",")):
        name, colon, value = word.partition(":")
        read = _VALUED.get(name) if colon else _PLAIN.get(word)
        changed = read(asked, value if colon else word) if read else None
        if changed is None:
            raise UsageError(f"{word!r} is nothing that a gate refuses", hint=HINT)
        asked = changed
    return asked


def _rating(asked: Refusals, word: str) -> Refusals:
    """Of several the least: whoever names two refuses what either refuses."""
    least = min(word, asked.rating or word, key=ORDER.index)
    return replace(asked, rating=least)


def _epss(asked: Refusals, value: str) -> Refusals | None:
    return replace(asked, epss=float(value)) if _PROBABILITY.fullmatch(value) else None


def _age(asked: Refusals, value: str) -> Refusals | None:
    found = _AGE.fullmatch(value)
    return replace(asked, age_hours=int(found[1]) * _HOURS[found[2]]) if found else None


def _gap(asked: Refusals, word: str) -> Refusals:
    return replace(asked, gaps=asked.gaps | {word})


Read = Callable[[Refusals, str], Refusals | None]

_PLAIN: Final[dict[str, Read]] = {
    **dict.fromkeys(KINDS, _gap),
    **dict.fromkeys(ORDER[1:], _rating),
    _UNSCORED: lambda asked, _: replace(asked, unscored=True),
    "kev": lambda asked, _: replace(asked, kev=True),
}
_VALUED: Final[dict[str, Read]] = {"epss": _epss, "data-age": _age}
