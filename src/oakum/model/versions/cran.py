"""The order of R packages."""

import re
from typing import Final

from oakum.model.scheme import scheme
from oakum.model.sortable import number, refuse, too_long

_FORM: Final = re.compile(r"[0-9]+(?:[.-][0-9]+)*")
_NUMBERS: Final = re.compile(r"[0-9]+").findall
_END: Final = "\x00"


@scheme(ecosystems=("CRAN", "Bioconductor"), version=1, memcmp=True)
def cran(version: str) -> bytes:
    """R package versions, as ``package_version`` orders them.

    Numbers between dots or hyphens, which mean the same, compared from the left; a version that goes on is
    more than one that ends (``?package_version``).
    """
    if too_long(version) or not _FORM.fullmatch(version):
        raise refuse(version, "R package")
    return ("".join(map(number, _NUMBERS(version))) + _END).encode("latin-1")
