"""The order of RPM packages."""

import re
from functools import lru_cache
from typing import Final

from oakum.model.scheme import scheme
from oakum.model.sortable import WORD_END, number, refuse, too_long

_FORM: Final = re.compile(r"[!-~]+")
_EPOCH: Final = re.compile(r"([0-9]*):")
_PARTS: Final = re.compile(r"[0-9]+|[A-Za-z]+|[~^]").findall

# What may stand where two versions part ways, from the least to the greatest.
_TILDE: Final = "\x01"
_END: Final = "\x02"
_CARET: Final = "\x03"
_WORD: Final = "\x04"
_NUMBER: Final = "\x05"

_NO_RELEASE: Final = "\x00"
_RELEASE: Final = "\x01"


@scheme(
    ecosystems=(
        "Red Hat", "AlmaLinux", "Rocky Linux", "SUSE", "openSUSE", "openEuler", "Mageia", "Photon OS", "Azure Linux",
        "Oracle Linux", "Amazon Linux", "Fedora", "CentOS", "CBL-Mariner",
    ),
    version=1,
    memcmp=True,
)  # fmt: skip
def rpm(version: str) -> bytes:
    """RPM package versions, as rpm orders them.

    ``[epoch:]version[-release]``. Words and numbers are compared in turn and what separates them
    does not count; a number is more than a word, a tilde less than the end, a caret more than the
    end and less than what else goes on (rpm-version(7), ``rpmvercmp``). No epoch is epoch 0; a
    version without release is less than the same one with any.
    """
    if too_long(version) or not _FORM.fullmatch(version):
        raise refuse(version, "RPM")
    epoch, rest = "", version
    found = _EPOCH.match(version)
    if found:
        epoch, rest = found[1], version[found.end() :]
    name, hyphen, release = rest.rpartition("-")
    if not hyphen:
        return (number(epoch) + _part(release) + _NO_RELEASE).encode("latin-1")
    return (number(epoch) + _part(name) + _RELEASE + _part(release)).encode("latin-1")


@lru_cache(maxsize=8192)  # releases are few, and packages of one source share their versions
def _part(text: str) -> str:
    return "".join(map(_piece, _PARTS(text))) + _END


def _piece(piece: str) -> str:
    if piece[0] <= "9":
        return _NUMBER + number(piece)
    if piece == "~":
        return _TILDE
    return _CARET if piece == "^" else _WORD + piece + WORD_END
