"""The order of NuGet packages."""

import re
from typing import Final

from oakum.model.scheme import scheme
from oakum.model.sortable import refuse, semantic, too_long

_FORM: Final = re.compile(
    r"\s*([0-9]+)(?:\.([0-9]+)(?:\.([0-9]+)(?:\.([0-9]+))?)?)?"
    r"(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?\s*",
    re.ASCII,
)
_GREATEST: Final = 0x7FFFFFFF
_DIGITS: Final = 10


@scheme(ecosystems=("NuGet",), version=1, memcmp=True)
def nuget(version: str) -> bytes:
    """NuGet versions, as ``NuGet.Versioning`` orders them.

    Semantic versions of one to four numbers: what is missing counts as 0, labels compare without regard to
    case, build metadata does not count (NuGet package version reference).
    """
    found = None if too_long(version) else _FORM.fullmatch(version)
    if found is None:
        raise refuse(version, "NuGet")
    *numbers, labels = found.groups("")
    if not all(map(_fits, numbers)) or any(_is_padded(label) for label in labels.split(".")):
        raise refuse(version, "NuGet")
    return semantic(numbers, labels.lower())


def _fits(digits: str) -> bool:
    digits = digits.lstrip("0")
    return len(digits) <= _DIGITS and int(digits or "0") <= _GREATEST


def _is_padded(label: str) -> bool:
    return len(label) > 1 and label[0] == "0" and label.isdigit()
