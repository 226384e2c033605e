"""The order of Haskell packages."""

import re
from typing import Final

from oakum.model.scheme import scheme
from oakum.model.sortable import number, refuse, too_long

_FORM: Final = re.compile(r"((?:0|[1-9][0-9]{0,8})(?:\.(?:0|[1-9][0-9]{0,8}))*)(?:-[0-9A-Za-z]+)*")
_END: Final = "\x00"


@scheme(ecosystems=("Hackage", "GHC"), version=2, memcmp=True)
def hackage(version: str) -> bytes:
    """Haskell package versions, as Cabal orders them.

    Numbers compared from the left; a version that goes on is more than one that ends: ``1.0`` is less than
    ``1.0.0`` (Haskell Package Versioning Policy). A number has at most nine digits and no zero in front, and tags
    after a hyphen are read and do not count (Cabal, ``Distribution.Types.Version``).
    """
    found = None if too_long(version) else _FORM.fullmatch(version)
    if found is None:
        raise refuse(version, "Haskell package")
    return ("".join(map(number, found[1].split("."))) + _END).encode("latin-1")
