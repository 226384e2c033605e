"""Parts of version keys as text whose code points sort as the parts do; encode the whole as Latin-1 at the end.

Keys are built as text because joining and looking up short texts is what Python does fastest.
Each part ends by itself (numbers say their length, words end with ``WORD_END``), so a key that
is a prefix of another can only be equal to it, and parts never leak into what follows.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from oakum.kit.limits import FIELD_CHARACTERS
from oakum.model.scheme import VersionError

WORD_END: Final = "\x00"
"""Closes a word, and sorts before every letter of a longer one."""

_ONE_CHARACTER: Final = 0xF0
_IDENTIFIERS_END: Final = "\x00"
_IS_NUMBER: Final = "\x01"
_IS_WORD: Final = "\x02"
_PRERELEASE: Final = "\x01"
_RELEASE: Final = "\x02"


@lru_cache(maxsize=8192)
def number(digits: str) -> str:
    """A number of ASCII digits, of any size; no digits at all count as 0. Its first character is never NUL."""
    digits = digits.lstrip("0") or "0"
    length = len(digits)
    if length < _ONE_CHARACTER:
        return chr(length) + digits
    # The first character says that a second one holds the rest of the length: 15 * 256 digits fit.
    return chr(_ONE_CHARACTER + (length >> 8)) + chr(length & 0xFF) + digits


def semantic(core: Iterable[str], prerelease: str | None) -> bytes:
    """The key of a version that is numbers, then dotted identifiers (semver.org 2.0.0, section 11).

    Args:
        core: major, minor and patch, as digits.
        prerelease: what follows the hyphen, ASCII, or nothing for a release.
    """
    numbers = "".join(map(number, core))
    if not prerelease:
        return (numbers + _RELEASE).encode("latin-1")
    return (numbers + _PRERELEASE + identifiers(prerelease)).encode("latin-1")


def identifiers(text: str) -> str:
    """Dotted identifiers, ASCII: numbers by value and before words, words by ASCII, the shorter list first."""
    parts = [_IS_NUMBER + number(part) if part.isdigit() else _IS_WORD + part + WORD_END for part in text.split(".")]
    return "".join(parts) + _IDENTIFIERS_END


def refuse(version: str, of: str) -> VersionError:
    """The error for a text that is no version; long texts are cut, control characters escaped."""
    return VersionError(f"{version[:80]!r} is no {of} version")


def too_long(version: str) -> bool:
    """Whether a version passes the limit of a field, so that no key of it is made."""
    return len(version) > FIELD_CHARACTERS
