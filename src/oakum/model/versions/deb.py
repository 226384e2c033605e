"""The order of Debian packages."""

import re
from typing import Final

from oakum.model.scheme import scheme
from oakum.model.sortable import number, refuse, too_long

_UPSTREAM: Final = re.compile(r"[A-Za-z0-9.+~:-]+")
_REVISION: Final = re.compile(r"[A-Za-z0-9.+~]+")
_SPLIT: Final = re.compile(r"([0-9]+)").split

# The tilde sorts before the end of a part, letters before all other characters.
_END: Final = "\x02"
_ORDER: Final = {ord("~"): "\x01"} | {ord(mark): chr(0x80 + ord(mark)) for mark in "+-.:"}


@scheme(ecosystems=("Debian", "Ubuntu"), version=1, memcmp=True)
def deb(version: str) -> bytes:
    """Debian package versions, as dpkg orders them.

    ``[epoch:]upstream[-revision]``. A part is read as text and number in turn: texts compare
    character by character with ``~`` before the end and letters before the rest, numbers by
    value, and what is missing counts as empty text and 0 (deb-version(7)).
    """
    if too_long(version):
        raise refuse(version, "Debian")
    epoch, colon, rest = version.strip().partition(":")
    if not colon:
        epoch, rest = "0", epoch
    elif not (epoch.isascii() and epoch.isdigit()):
        raise refuse(version, "Debian")
    upstream, hyphen, revision = rest.rpartition("-")
    if not hyphen:
        upstream, revision = rest, "0"
    if not (_UPSTREAM.fullmatch(upstream) and _REVISION.fullmatch(revision)):
        raise refuse(version, "Debian")
    return (number(epoch) + _part(upstream) + _part(revision)).encode("latin-1")


def _part(text: str) -> str:
    """Texts and numbers in turn, closed by an end that only a tilde sorts before."""
    pieces = _SPLIT(text.translate(_ORDER))
    if not pieces[-1]:
        pieces.pop()  # the number was last
    else:
        pieces.append("0")
    pieces[1::2] = map(number, pieces[1::2])
    pieces[0::2] = [piece + _END for piece in pieces[0::2]]
    pieces.append(_END)
    return "".join(pieces)
