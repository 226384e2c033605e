"""The order of OCaml packages."""

import re
from typing import Final

from oakum.model.scheme import scheme
from oakum.model.sortable import number, refuse, too_long

_FORM: Final = re.compile(r"[A-Za-z0-9.+~_-]+")
_PIECES: Final = re.compile(r"[0-9]+|[^0-9]+").findall

# As in Debian's order: the tilde before the end of a part, letters before all other characters.
_END: Final = "\x02"
_ZERO: Final = number("0")
_ORDER: Final = {ord("~"): "\x01"} | {ord(mark): chr(0x80 + ord(mark)) for mark in "+-._"}


@scheme(ecosystems=("opam",), version=2, memcmp=True)
def opam(version: str) -> bytes:
    """OCaml package versions, as opam orders them.

    Debian's order without an epoch: what stands before the last hyphen, then what follows it. A part is texts and
    numbers in turn: ``~`` before the end, letters before other characters, numbers by value, and what is missing is
    empty and 0 (opam manual, "Version ordering"; ``opamVersionCompare.ml`` of opam).
    """
    if too_long(version) or not _FORM.fullmatch(version):
        raise refuse(version, "opam")
    upstream, hyphen, revision = version.rpartition("-")
    if not hyphen:
        upstream, revision = version, ""
    return (_part(upstream) + _part(revision)).encode("latin-1")


def _part(text: str) -> str:
    """Texts and numbers in turn, closed by an end that only a tilde sorts before."""
    pieces = _PIECES(text.translate(_ORDER))
    key = "".join([number(piece) if "0" <= piece[0] <= "9" else piece + _END for piece in pieces])
    start = _END if "0" <= text[:1] <= "9" else ""  # an empty text stands before a number that is first
    if not text:
        return _END + _ZERO + _END
    return start + key + (_END if "0" <= text[-1] <= "9" else _ZERO + _END)
