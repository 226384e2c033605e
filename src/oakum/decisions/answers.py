"""Answers of many candidates at once: a byte for each, in two whole numbers, so that joining them costs nothing.

Unknown is an answer of its own (Kleene's logic): ``all`` is false as soon as one part is,
``any`` true as soon as one part is, and what cannot be known stays unknown otherwise. Where it stays
unknown because a criterion failed, that is kept, with the reason: no policy may let it pass.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce

from msgspec import Struct


class Failed(Struct, frozen=True):
    """The answer of a criterion that could not be computed.

    Attributes:
        why: the reason, in a sentence.
    """

    why: str


Said = bool | None | Failed
"""What a criterion can answer about the subject."""


class Answers(Struct, frozen=True):
    """What candidates answer, in their order.

    Attributes:
        count: of the candidates.
        yes: byte i is 1 where candidate i answers True.
        no: byte i is 1 where it answers False; neither where that is unknown.
        failed: byte i is 1 where that is unknown and rests on a criterion that failed.
        why: the reasons of these failures.
    """

    count: int
    yes: int
    no: int
    failed: int = 0
    why: tuple[str, ...] = ()

    def held(self) -> Iterator[int]:
        """Which candidates answer True."""
        return _set(self.yes, self.count)

    def open(self) -> Iterator[int]:
        """Which candidates cannot answer."""
        return _set(_ones(self.count) ^ (self.yes | self.no), self.count)


def answers(said: Sequence[Said]) -> Answers:
    """The answers of candidates, one after the other; a test of one of them never fails, those of the subject may."""
    yes = int.from_bytes(bytes([one is True for one in said]), "little")
    no = int.from_bytes(bytes([one is False for one in said]), "little")
    return Answers(len(said), yes, no)


def same(said: Said, count: int) -> Answers:
    """One answer that all candidates share."""
    ones = _ones(count)
    if isinstance(said, Failed):
        return Answers(count, 0, 0, ones, (said.why,))
    return Answers(count, ones if said is True else 0, ones if said is False else 0)


def both(parts: Iterable[Answers]) -> Answers:
    """``all``."""
    return reduce(lambda one, two: _joined(one, two, one.yes & two.yes, one.no | two.no), parts)


def either(parts: Iterable[Answers]) -> Answers:
    """``any``."""
    return reduce(lambda one, two: _joined(one, two, one.yes | two.yes, one.no & two.no), parts)


def turned(said: Answers) -> Answers:
    """``not``."""
    return Answers(said.count, said.no, said.yes, said.failed, said.why)


def _joined(one: Answers, two: Answers, yes: int, no: int) -> Answers:
    """A failure counts where the other part does not settle the answer."""
    failed = (one.failed | two.failed) & ~(yes | no)
    why = tuple(dict.fromkeys((*one.why, *two.why))) if failed else ()
    return Answers(one.count, yes, no, failed, why)


def _ones(count: int) -> int:
    return int.from_bytes(b"\x01" * count, "little")


def _set(mask: int, count: int) -> Iterator[int]:
    data = mask.to_bytes(count, "little")
    at = data.find(1)
    while at >= 0:
        yield at
        at = data.find(1, at + 1)
