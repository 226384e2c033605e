"""The order of OCaml packages."""

import re
from typing import Final

from oakum.model.scheme import scheme
from oakum.model.sortable import number, refuse, too_long

_FORM: Final = re.compile(r"[A-Za-z0-9.+~_-]+")
_PIECES: Final = re.compile(r"[0-9]+|[^0-9]+").findall

# As in Debian's order: the tilde before the end of a part, letters before all other characters.
_END: Final = "\x02"
_ORDER: Final = {ord("~"): "\x01"} | {ord(mark): chr(0x80 + ord(mark)) for mark in "+-._"}


@scheme(ecosystems=("opam",), version=1, memcmp=True)
def opam(version: str) -> bytes:
    """OCaml package versions, as opam orders them.

    Texts and numbers in turn, as in a part of a Debian version: ``~`` before the end, letters before other
    characters, numbers by value. There is no epoch and no revision (opam manual, "Version ordering").
    """
    if too_long(version) or not _FORM.fullmatch(version):
        raise refuse(version, "opam")
    pieces = _PIECES(version.translate(_ORDER))
    key = "".join([number(piece) if "0" <= piece[0] <= "9" else piece + _END for piece in pieces])
    start = _END if "0" <= version[0] <= "9" else ""
    end = _END if "0" <= version[-1] <= "9" else number("0") + _END
    return (start + key + end).encode("latin-1")
