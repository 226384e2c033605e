"""The order of Haskell packages."""

import re
from typing import Final

from oakum.model.scheme import scheme
from oakum.model.sortable import number, refuse, too_long

_FORM: Final = re.compile(r"[0-9]+(?:\.[0-9]+)*")
_END: Final = "\x00"


@scheme(ecosystems=("Hackage", "GHC"), version=1, memcmp=True)
def hackage(version: str) -> bytes:
    """Haskell package versions, as Cabal orders them.

    Numbers compared from the left; a version that goes on is more than one that ends: ``1.0`` is less than
    ``1.0.0`` (Haskell Package Versioning Policy).
    """
    if too_long(version) or not _FORM.fullmatch(version):
        raise refuse(version, "Haskell package")
    return ("".join(map(number, version.split("."))) + _END).encode("latin-1")
