"""The order of Alpine packages, and of the distributions that took over apk."""

import re
from typing import Final

from oakum.model.scheme import scheme
from oakum.model.sortable import WORD_END, number, refuse, too_long

_FORM: Final = re.compile(
    r"([0-9]+)((?:\.[0-9]+)*(?:[a-z][0-9]+(?:\.[0-9]+)*)*)([a-z]?)"
    r"((?:_(?:alpha|beta|pre|rc|cvs|svn|git|hg|p)[0-9]*)*)(?:~([0-9a-f]+))?(?:-r([0-9]+))?"
)
_COMPONENTS: Final = re.compile(r"[0-9]+|[a-z]").findall
_SUFFIXES: Final = re.compile(r"([a-z]+)([0-9]*)").findall

# What may follow where two versions part ways, from the least to the greatest: a version that
# ends is less than one that goes on, except into a suffix of a pre-release.
_BEFORE: Final = "\x01"
_END: Final = "\x02"
_REVISION: Final = "\x03"
_HASH: Final = "\x04"
_SUFFIX_NUMBER: Final = "\x05"
_AFTER: Final = "\x06"
_LETTER: Final = "\x07"
_NUMBER: Final = "\x08"

_SUFFIX: Final = {
    **{name: _BEFORE + chr(rank) for rank, name in enumerate(("alpha", "beta", "pre", "rc"))},
    **{name: _AFTER + chr(rank) for rank, name in enumerate(("cvs", "svn", "git", "hg", "p"))},
}


@scheme(
    ecosystems=("Alpine", "Wolfi", "Chainguard", "MinimOS", "Alpaquita", "BellSoft Hardened Containers", "CleanStart"),
    version=1,
    memcmp=True,
)
def apk(version: str) -> bytes:
    """Alpine package versions, as apk-tools orders them.

    ``number{.number}{letter}{_suffix{number}}{~hash}{-r#}``. Numbers compare by value; one after
    a dot that starts with 0 compares as text and is less than any that does not. ``alpha``,
    ``beta``, ``pre`` and ``rc`` come before the plain version, ``cvs``, ``svn``, ``git``, ``hg``
    and ``p`` after it (apk-package(5), "Package versions").
    """
    found = None if too_long(version) else _FORM.fullmatch(version)
    if found is None:
        raise refuse(version, "Alpine")
    first, components, letter, suffixes, digest, revision = found.groups()
    parts = [number(first)]
    parts += [_component(part) for part in _COMPONENTS(components)]
    if letter:
        parts.append(_LETTER + letter)
    if suffixes:
        parts += [
            _SUFFIX[name] + (_SUFFIX_NUMBER + number(digits) if digits else "") for name, digits in _SUFFIXES(suffixes)
        ]
    if digest:
        parts.append(_HASH + digest + WORD_END)
    if revision:
        parts.append(_REVISION + number(revision))
    parts.append(_END)
    return "".join(parts).encode("latin-1")


def _component(part: str) -> str:
    if part[0] == "0":
        return _NUMBER + WORD_END + part + WORD_END
    return (_NUMBER + number(part)) if part[0] <= "9" else _LETTER + part
