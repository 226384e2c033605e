"""The order of Gentoo packages."""

import re
from typing import Final

from oakum.model.scheme import scheme
from oakum.model.sortable import WORD_END, number, refuse, too_long

_FORM: Final = re.compile(r"([0-9]+)((?:\.[0-9]+)*)([a-z]?)((?:_(?:alpha|beta|pre|rc|p)[0-9]*)*)(?:-r([0-9]+))?")
_SUFFIXES: Final = re.compile(r"_([a-z]+)([0-9]*)").findall

_NUMBERS_END: Final = "\x00"
_FRACTION: Final = "\x01"
_NUMBER: Final = "\x02"
_SUFFIX: Final = {"alpha": "\x01", "beta": "\x02", "pre": "\x03", "rc": "\x04", "p": "\x06"}
_SUFFIXES_END: Final = "\x05"


@scheme(ecosystems=("Gentoo",), version=1, memcmp=True)
def portage(version: str) -> bytes:
    """Gentoo package versions, as portage orders them.

    ``number{.number}{letter}{_suffix{number}}{-r#}``. Numbers compare by value; one after a dot that
    starts with 0 compares as the digits of a fraction. ``alpha``, ``beta``, ``pre`` and ``rc`` come before the
    plain version, ``p`` after it (Package Manager Specification, section 3.3).
    """
    found = None if too_long(version) else _FORM.fullmatch(version)
    if found is None:
        raise refuse(version, "Gentoo")
    first, more, letter, suffixes, revision = found.groups("")
    parts = [number(first), *map(_component, more.split(".")[1:]), _NUMBERS_END, letter or " "]
    parts += [_SUFFIX[name] + number(digits) for name, digits in _SUFFIXES(suffixes)]
    return "".join([*parts, _SUFFIXES_END, number(revision)]).encode("latin-1")


def _component(digits: str) -> str:
    if digits[0] == "0":
        return _FRACTION + digits.rstrip("0") + WORD_END
    return _NUMBER + number(digits)
