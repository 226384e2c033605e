"""The order of Ruby gems."""

import re
from typing import Final

from oakum.model.scheme import scheme
from oakum.model.sortable import WORD_END, number, refuse, too_long

_FORM: Final = re.compile(r"\s*[0-9]+(?:\.[0-9a-zA-Z]+)*(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?\s*", re.ASCII)
_SEGMENTS: Final = re.compile(r"[0-9]+|[a-zA-Z]+").findall

# What may follow where two versions part ways; the end counts as zeros without end.
_WORD: Final = "\x01"
_END: Final = "\x02"
_NUMBER: Final = "\x03"
_MANY: Final = 0xFFFF


@scheme(ecosystems=("RubyGems",), version=1, memcmp=True)
def gem(version: str) -> bytes:
    """Gem versions, as ``Gem::Version`` orders them.

    Numbers and words are compared in turn, a word is less than any number, and a hyphen reads ``.pre.``.
    What is missing counts as 0; zeros before the first word and at the end do not count.
    """
    if too_long(version) or not _FORM.fullmatch(version):
        raise refuse(version, "gem")
    segments = _SEGMENTS(version.replace("-", ".pre."))
    at = next((place for place, one in enumerate(segments) if not one.isdigit()), len(segments))
    return _key(_trimmed(segments[:at]) + _trimmed(segments[at:])).encode("latin-1")


def _trimmed(segments: list[str]) -> list[str]:
    end = len(segments)
    while end and not segments[end - 1].strip("0"):
        end -= 1
    return segments[:end]


def _key(segments: list[str]) -> str:
    """Runs of zeros are counted with what follows them: before a word fewer are less, before a number more."""
    parts: list[str] = []
    zeros = 0
    for segment in segments:
        if not segment.strip("0"):
            zeros += 1
        elif segment.isdigit():
            parts.append(_NUMBER + _two(_MANY - zeros) + number(segment))
            zeros = 0
        else:
            parts.append(_WORD + _two(zeros) + segment + WORD_END)
            zeros = 0
    return "".join(parts) + _END


def _two(count: int) -> str:
    return chr(count >> 8) + chr(count & 0xFF)
