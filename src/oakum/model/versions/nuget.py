"""The order of NuGet packages."""

import re
from typing import Final

from oakum.model.scheme import scheme
from oakum.model.sortable import WORD_END, number, refuse, too_long

_FORM: Final = re.compile(
    r"\s*([0-9]+)(?:\.([0-9]+)(?:\.([0-9]+)(?:\.([0-9]+))?)?)?"
    r"(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?\s*",
    re.ASCII,
)
_NUMBER: Final = re.compile(r"-?[0-9]+", re.ASCII)
_GREATEST: Final = 0x7FFFFFFF
_DIGITS: Final = 10
_LABELS_END: Final = "\x00"
_IS_NUMBER: Final = "\x01"
_IS_WORD: Final = "\x02"
_PRERELEASE: Final = "\x01"
_RELEASE: Final = "\x02"


@scheme(ecosystems=("NuGet",), version=2, memcmp=True)
def nuget(version: str) -> bytes:
    """NuGet versions, as ``NuGet.Versioning`` orders them.

    Semantic versions of one to four numbers: what is missing counts as 0, labels compare without regard to
    case, build metadata does not count (NuGet package version reference). A label is a number when a signed one of
    32 bits holds it, so a time stamp of 14 digits is text (``VersionComparer.CompareRelease``).
    """
    found = None if too_long(version) else _FORM.fullmatch(version)
    if found is None:
        raise refuse(version, "NuGet")
    *numbers, labels = found.groups("")
    if not all(map(_fits, numbers)) or any(_is_padded(label) for label in labels.split(".")):
        raise refuse(version, "NuGet")
    key = "".join(map(number, numbers))
    if not labels:
        return (key + _RELEASE).encode("latin-1")
    return (key + _PRERELEASE + "".join(map(_label, labels.lower().split("."))) + _LABELS_END).encode("latin-1")


def _label(label: str) -> str:
    if _NUMBER.fullmatch(label):
        value = int(label) if len(label.lstrip("-0")) <= _DIGITS else _GREATEST + 1
        if -_GREATEST - 1 <= value <= _GREATEST:
            return _IS_NUMBER + number(str(value + _GREATEST + 1))
    return _IS_WORD + label + WORD_END


def _fits(digits: str) -> bool:
    digits = digits.lstrip("0")
    return len(digits) <= _DIGITS and int(digits or "0") <= _GREATEST


def _is_padded(label: str) -> bool:
    return len(label) > 1 and label[0] == "0" and label.isdigit()
