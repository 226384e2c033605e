"""Hostile text made visible: a terminal must never obey a package's name.

Names, paths and instructions come from the artifact. Control characters could drive the
terminal, marks of direction could reorder what is read, and marks without width could hide it.
"""

import unicodedata
from typing import Final

_INVISIBLE: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and symbols by their category, blank by their look."""

_LAST_OF_FOUR_DIGITS: Final = 0xFFFF


def visible(text: str) -> str:
    r"""The text with everything that does not show itself written as an escape (``\x1b``, ``\u202e``)."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(character if _shows(character) else _escape(character) for character in text)


def columns(text: str) -> int:
    """Columns of a terminal that a visible text takes; East Asian wide characters take two."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def shorten(text: str, width: int, head: int = -1) -> str:
    """A visible text cut to a width, with an ellipsis after ``head`` columns, or at its end."""
    if columns(text) <= width:
        return text
    kept = first(text, width - 1 if head < 0 else min(head, width - 1))
    tail = first(text[::-1], width - 1 - columns(kept))[::-1]
    return f"{kept}…{tail}"


def first(text: str, width: int) -> str:
    """As much of a visible text's beginning as a width holds."""
    taken = 0
    for index, character in enumerate(text):
        taken += columns(character)
        if taken > width:
            return text[:index]
    return text


def _shows(character: str) -> bool:
    """Combining marks are refused too: piled up they cover the lines around them."""
    if not character.isprintable() or character in _INVISIBLE:
        return False
    return not unicodedata.category(character).startswith("M")


def _escape(character: str) -> str:
    code = ord(character)
    if character.isascii():
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= _LAST_OF_FOUR_DIGITS else f"\\U{code:08x}"
