"""The order of Bitnami's packages."""

import re
from typing import Final

from oakum.model.scheme import scheme
from oakum.model.sortable import identifiers, number, refuse, too_long

_FORM: Final = re.compile(
    r"v?([0-9]+)(?:\.([0-9]+)(?:\.([0-9]+))?)?(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+[0-9A-Za-z.-]*)?"
)
_NO_REVISION: Final = "\x01"
_REVISION: Final = "\x02"


@scheme(ecosystems=("Bitnami",), version=1, memcmp=True)
def bitnami(version: str) -> bytes:
    """Bitnami versions: semantic versions with a revision in the place of a pre-release.

    What follows the hyphen counts the builds of one release, so ``1.2.3-4`` is more than ``1.2.3``
    (Bitnami's go-version, "Version parsing and comparison").
    """
    found = None if too_long(version) else _FORM.fullmatch(version)
    if found is None:
        raise refuse(version, "Bitnami")
    *numbers, revision = found.groups("")
    end = _REVISION + identifiers(revision) if revision else _NO_REVISION
    return ("".join(map(number, numbers)) + end).encode("latin-1")
