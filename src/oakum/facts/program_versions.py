"""The versions that a program states in its own forms, found in one pass through the file with bounded memory."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import BinaryIO, Final

from msgspec import Struct

from oakum.kit.limits import MIB

_BLOCK: Final = MIB
_AROUND: Final = 320
"""Bytes on either side of a form's fixed part that its expression may look at."""

_HITS: Final = 4_000
_VERSIONS: Final = 8
_TEXT: Final = 256
_SERIES: Final = re.compile(r"\d{1,2}\.\d{1,2}")


class Form(Struct, frozen=True):
    """One way in which a program states its version.

    Attributes:
        literal: bytes that stand in it; none: the file is a text that says nothing else.
        pattern: the expression; its first group is the version.
        name: the package, where this form is another's than the program's.
        guessed: what the version was taken from, where its form is not unmistakable.
        series: ``{}`` in literal and pattern stands for the two numbers in the file's name.
    """

    literal: bytes
    pattern: str
    name: str = ""
    guessed: str = ""
    series: bool = False


def stated(file: BinaryIO, forms: Sequence[Form], name: str) -> tuple[Form, list[str]] | None:
    """The first form that the file has, with the different versions that it states; nothing when it has none.

    Args:
        file: the program.
        forms: how it may state its version, the best first.
        name: the file's own name, which some forms go by.
    """
    searches = [_Search(form, name) for form in forms]
    for block, whole in _blocks(file):
        for rank, search in enumerate(searches):
            search.see(block, whole=whole)
            if search.found:
                del searches[rank + 1 :]  # a form that is less good decides nothing any more
                break
    return next(((search.form, sorted(search.found)) for search in searches if search.found), None)


def _blocks(file: BinaryIO) -> Iterator[tuple[bytes, bool]]:
    """Blocks that overlap, each with whether it is the last."""
    kept = b""
    while piece := file.read(_BLOCK):
        block = kept + piece
        whole = len(piece) < _BLOCK
        yield block, whole
        if whole:
            return
        kept = block[-2 * _AROUND :]
    yield kept, True


class _Search:
    """The search for one form."""

    def __init__(self, form: Form, name: str) -> None:
        series = _SERIES.search(name)
        self.form = form
        self.found: set[str] = set()
        self._literal, pattern = form.literal, form.pattern
        if form.series:
            number = series[0] if series else ""
            self._literal = self._literal.replace(b"{}", number.encode())
            pattern = pattern.format(re.escape(number))
        self._find = _compiled(pattern)
        self._hits = 0

    def see(self, block: bytes, *, whole: bool) -> None:
        """Look at one block; what stands too near its end is looked at with the next."""
        if not self._literal:
            self._see_text(block if whole and len(block) <= _TEXT else b"")
            return
        end = len(block) if whole else len(block) - _AROUND
        at = block.find(self._literal, 0, end)
        while at >= 0 and self._hits < _HITS and len(self.found) < _VERSIONS:
            self._hits += 1
            for match in self._find.finditer(block, max(at - _AROUND, 0), at + _AROUND):
                self.found.add(match[match.lastindex or 0].decode("ascii", "replace"))
            at = block.find(self._literal, at + len(self._literal), end)

    def _see_text(self, text: bytes) -> None:
        match = self._find.fullmatch(text.strip())
        if match:
            self.found.add(match[1].decode("ascii", "replace"))


@cache
def _compiled(pattern: str) -> re.Pattern[bytes]:
    return re.compile(pattern.encode("ascii"))
