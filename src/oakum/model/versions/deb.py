"""The order of Debian packages."""

import re
from functools import lru_cache
from typing import Final

from oakum.model.scheme import scheme
from oakum.model.sortable import number, refuse, too_long

_FORM: Final = re.compile(r"[A-Za-z0-9.+~:-]+").fullmatch
_PIECES: Final = re.compile(r"[0-9]+|[^0-9]+").findall

# The tilde sorts before the end of a part, letters before all other characters.
_END: Final = "\x02"
_ZERO: Final = number("0")
_ORDER: Final = {ord("~"): "\x01"} | {ord(mark): chr(0x80 + ord(mark)) for mark in "+-.:"}


@scheme(ecosystems=("Debian", "Ubuntu", "Echo"), version=1, memcmp=True)
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
    if ":" in revision:
        raise refuse(version, "Debian")
    return (number(epoch) + _part(upstream) + _part(revision)).encode("latin-1")


@lru_cache(maxsize=8192)  # revisions are few, and binary packages of one source share their versions
def _part(text: str) -> str:
    """Texts and numbers in turn, closed by an end that only a tilde sorts before."""
    if not _FORM(text):
        raise refuse(text, "Debian")
    pieces = _PIECES(text.translate(_ORDER))
    key = "".join([number(piece) if "0" <= piece[0] <= "9" else piece + _END for piece in pieces])
    start = _END if "0" <= text[0] <= "9" else ""  # an empty text stands before a number that is first
    end = _END if "0" <= text[-1] <= "9" else _ZERO + _END  # and 0 after a text that is last
    return start + key + end
